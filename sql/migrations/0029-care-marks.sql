-- What managers say of today's list: what is done, and of questions what the events cannot tell.

-- one row a question of which a manager said that the events tell it wrong; the rollups read it, the events stay as they came.
-- no reference to the event: a ruling outlives an event that goes and comes back with the next import
create table question_ruling (
  community_id uuid not null references community (community_id) on delete cascade,
  event_key uuid not null,
  ruling text not null check (ruling in ('answered_elsewhere', 'not_a_question')),
  -- what stood on the list: the kind of item, and since when it waited
  kind text not null,
  since timestamptz not null,
  ruled_at timestamptz not null,
  -- the person signed in, by id
  ruled_by text,
  primary key (community_id, event_key)
);

-- one row an item of today's list that is done: off the list, with nothing changed in the numbers
create table care_done (
  community_id uuid not null references community (community_id) on delete cascade,
  -- the kind of item; the two kinds of contribution share their keys
  kind text not null,
  item_key text not null,
  event_key uuid,
  -- an account of the person, since people may be merged
  identity_key uuid,
  channel text,
  since timestamptz not null,
  -- how far the data reached then
  known_by timestamptz not null,
  done_at timestamptz not null,
  done_by text,
  primary key (community_id, kind, item_key)
);

alter table contribution add column is_answered_elsewhere boolean not null default false;
alter table help_episode add column is_answered_elsewhere boolean not null default false;
alter table first_start add column is_answered_elsewhere boolean not null default false;

-- questions still open, by age, however many are answered
create index help_episode_open on help_episode (community_id, asked_at) where first_answered_at is null;
