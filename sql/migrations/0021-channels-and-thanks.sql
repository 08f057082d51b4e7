-- What the community says the messages of a channel are, and thanks to a helper.

-- one row a channel of a source whose messages the community has said something about: it comes before the rules of the text
create table channel_rule (
  community_id uuid not null references community (community_id) on delete cascade,
  source text not null,
  channel text not null,
  -- question, announcement, work or post
  finds text not null,
  set_at timestamptz not null,
  primary key (community_id, source, channel),
  check (finds in ('question', 'announcement', 'work', 'post'))
);

-- is_thanks: says nothing that answers: thanks alone, "me too", "+1", an emoji
-- is_acknowledging: begins or ends with thanks or with word that it worked, and asks nothing
alter table event add column is_acknowledging boolean not null default false;
update event e set is_acknowledging = true from community c where e.community_id = c.community_id and e.is_thanks;

-- the question of the same person that it thanks for an answer to, or says to be solved; null for all others
alter table contribution add column acknowledges_key uuid;
-- one index for both readings of it
create index contribution_acknowledges on contribution (community_id, acknowledges_key) where acknowledges_key is not null;
-- when the asker first thanked after an answer, or said that it worked; null: never
alter table help_episode add column acknowledged_at timestamptz;
