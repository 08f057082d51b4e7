-- Who learned from the edge: views of answered threads, practices and their use, and the days on which somebody benefited.

-- few among many events: found without reading all of them
create index event_practice on event (community_id, type) where type in ('practice.shared', 'practice.reused', 'value.reported');

-- one row a view of a thread that holds an answer by then, by a person who has not written in it by then
create table observation (
  community_id uuid not null references community (community_id) on delete cascade,
  view_key uuid not null,
  thread_key uuid not null,
  person_id uuid not null,
  viewed_at timestamptz not null,
  day_on date not null,
  -- when the view was taken back
  removed_at timestamptz,
  -- as known now: neither the view nor every answer before it has been taken back
  is_counted boolean not null,
  primary key (community_id, view_key)
);
create index observation_day on observation (community_id, day_on, person_id, is_counted);
create index observation_thread on observation (community_id, thread_key);
create index observation_removed on observation (community_id, removed_at) where removed_at is not null;

-- one row a person who has observed: when first, and when they first contributed, before or after, as known now
create table observer (
  community_id uuid not null references community (community_id) on delete cascade,
  person_id uuid not null,
  first_viewed_at timestamptz not null,
  first_viewed_on date not null,
  -- null: not yet
  first_contribution_at timestamptz,
  primary key (community_id, person_id)
);
create index observer_first on observer (community_id, first_viewed_on);

-- one row a practice shared by a person
create table practice (
  community_id uuid not null references community (community_id) on delete cascade,
  practice_key uuid not null,
  -- where it is read and spoken of: the thread it names, else the one it opened
  thread_key uuid not null,
  -- null: anonymous
  author_id uuid,
  shared_at timestamptz not null,
  shared_on date not null,
  removed_at timestamptz,
  channel text,
  url text,
  primary key (community_id, practice_key)
);
create index practice_shared on practice (community_id, shared_on);
create index practice_thread on practice (community_id, thread_key);
create index practice_removed on practice (community_id, removed_at) where removed_at is not null;

-- one row a view or reuse of a practice by someone other than its author, or an edit of it by anyone, from its sharing on
create table practice_use (
  community_id uuid not null references community (community_id) on delete cascade,
  practice_key uuid not null,
  event_key uuid not null,
  use text not null check (use in ('viewed', 'reused', 'edited')),
  -- null: anonymous
  person_id uuid,
  used_at timestamptz not null,
  used_on date not null,
  removed_at timestamptz,
  -- as known now: neither it nor the practice has been taken back
  is_counted boolean not null,
  primary key (community_id, practice_key, event_key)
);
create index practice_use_day on practice_use (community_id, used_on);
create index practice_use_event on practice_use (community_id, event_key);
create index practice_use_removed on practice_use (community_id, removed_at) where removed_at is not null;

-- one row a practice and stretch of local days: each day of sharing, edit, view or reuse counts for as long as it takes to be
-- called untouched, days that overlap or adjoin make one stretch; as known now
create table practice_stretch (
  community_id uuid not null references community (community_id) on delete cascade,
  practice_key uuid not null,
  from_on date not null,
  -- exclusive; a day to come while the stretch lasts
  to_on date not null,
  primary key (community_id, practice_key, from_on)
);

-- one row a local day on which any differs from 0; a stock at the end of a day is the sum up to it
create table practice_day (
  community_id uuid not null references community (community_id) on delete cascade,
  day_on date not null,
  shared_count integer not null,
  -- practices touched within the year
  touched_change integer not null,
  primary key (community_id, day_on)
);

-- one row a report of value by a person
create table value_report (
  community_id uuid not null references community (community_id) on delete cascade,
  event_key uuid not null,
  person_id uuid not null,
  reported_at timestamptz not null,
  reported_on date not null,
  removed_at timestamptz,
  primary key (community_id, event_key)
);
create index value_report_day on value_report (community_id, reported_on);
create index value_report_removed on value_report (community_id, removed_at) where removed_at is not null;

-- one row a question whose asker was helped (its first answer), and one an answer its asker accepted; as known now
create table asker_benefit (
  community_id uuid not null references community (community_id) on delete cascade,
  thread_key uuid not null,
  -- the question, or the answer
  event_key uuid not null,
  benefit text not null check (benefit in ('helped', 'confirmed')),
  person_id uuid not null,
  day_on date not null,
  primary key (community_id, thread_key, event_key, benefit)
);

-- one row a person, local day and kind of benefit, as known now; of how many questions, views, reuses or reports
create table benefit_day (
  community_id uuid not null references community (community_id) on delete cascade,
  person_id uuid not null,
  day_on date not null,
  benefit text not null check (benefit in ('helped', 'observed', 'reused', 'confirmed')),
  fact_count integer not null,
  primary key (community_id, person_id, day_on, benefit)
);
