-- Who is a member, who is there and who lapsed, kept as rows that change only for the people a batch is about.

-- the moves of a person, for their spells: few among many events
create index event_membership on event (community_id, identity_key) where type in ('member.joined', 'member.left');

-- filled again from the events: the statement has changed
truncate membership_spell;
alter table membership_spell
  -- the local days of the two times: at the end of a day they are a member who joined on it or before and left after it
  add column joined_on date not null,
  add column left_on date;
-- how many moved within a minute
create index membership_spell_joined on membership_spell (community_id, joined_at);
create index membership_spell_left on membership_spell (community_id, left_at) where left_at is not null;

-- one row a person who was ever active or a member; bots left out. Days are local.
create table person (
  community_id uuid not null references community (community_id) on delete cascade,
  person_id uuid not null,
  -- activity of any kind, views included; null: never
  first_seen_at timestamptz,
  first_seen_on date,
  last_active_on date,
  -- the first joining that was told; null: none was
  joined_at timestamptz,
  joined_on date,
  -- left without a known joining, so a member since before the data
  is_since_before boolean not null,
  -- the end of the first spell of membership; null: still in it, or never a member
  first_left_at timestamptz,
  first_left_on date,
  -- the end of the last spell; null: a member now, or never one
  left_at timestamptz,
  left_on date,
  -- counted contributions
  first_contribution_at timestamptz,
  first_contribution_on date,
  second_contribution_at timestamptz,
  second_contribution_on date,
  -- the first answer to a question of theirs
  first_helped_on date,
  primary key (community_id, person_id)
);
create index person_joined on person (community_id, joined_on) where joined_on is not null;
create index person_first_seen on person (community_id, first_seen_on) where first_seen_on is not null;
create index person_first_contribution on person (community_id, first_contribution_on) where first_contribution_on is not null;

-- one row a person, kind and stretch of local days: each day of activity (of benefit) counts for as long as it takes to lapse,
-- days that overlap or adjoin make one stretch
create table presence (
  community_id uuid not null references community (community_id) on delete cascade,
  person_id uuid not null,
  kind text not null check (kind in ('active', 'benefited')),
  from_on date not null,
  -- exclusive; a day to come while the stretch lasts
  to_on date not null,
  primary key (community_id, person_id, kind, from_on)
);

-- one row a local day on which any of these differs from 0; '-infinity' holds the members since before the data, days to
-- come the lapses to come. A stock at the end of a day is the sum of its changes up to that day.
create table membership_day (
  community_id uuid not null references community (community_id) on delete cascade,
  day_on date not null,
  -- everyone who became a member, those who came back included
  joined_count integer not null,
  rejoined_count integer not null,
  left_count integer not null,
  -- first activity of people, members or not: their sum is the people seen
  first_seen_count integer not null,
  member_change integer not null,
  -- members who were active, or joined, within the days it takes to lapse
  present_member_change integer not null,
  -- anybody who was active within them
  present_seen_change integer not null,
  -- members with a benefit within them; anybody who had one and was active
  benefited_member_change integer not null,
  benefited_present_change integer not null,
  primary key (community_id, day_on)
);
