-- Rollups and results: all of this can be dropped and rebuilt from the events.

-- one row a contribution: question, answer, reply, post, announcement, document edit, task
create table contribution (
  community_id uuid not null references community (community_id) on delete cascade,
  event_key uuid not null,
  thread_key uuid not null,
  occurred_at timestamptz not null,
  -- when its content was taken back; it counts for everything known before that
  removed_at timestamptz,
  -- null: anonymous
  person_id uuid,
  is_bot boolean not null,
  kind text not null check (kind in ('question', 'answer', 'reply', 'post', 'announcement', 'edit', 'task')),
  -- how the thread opened, judged by its earliest contribution
  thread_kind text not null check (thread_kind in ('question', 'post', 'announcement', 'work', 'unknown')),
  is_start boolean not null,
  -- the start of the thread, whose author is its host
  start_key uuid,
  -- the question it answers: set for an answer or a reply by someone other than the asker
  question_key uuid,
  -- an answer given to someone else, its question known or not; answering oneself is not one
  is_answer boolean not null,
  -- it answers a question asked later, so its time or its reference is wrong
  is_quarantined boolean not null,
  channel text,
  url text,
  word_count integer not null,
  artefact_word_count integer not null,
  document_word_count integer not null,
  primary key (community_id, event_key)
);
create index contribution_occurred on contribution (community_id, occurred_at);
create index contribution_thread on contribution (community_id, thread_key);
-- a deletion that moves to another day finds what it took back
create index contribution_removed on contribution (community_id, removed_at) where removed_at is not null;
create index contribution_question on contribution (community_id, question_key) where question_key is not null;

-- one row a span in which an answer stood accepted
create table acceptance (
  community_id uuid not null references community (community_id) on delete cascade,
  answer_key uuid not null,
  question_key uuid not null,
  accepted_at timestamptz not null,
  unaccepted_at timestamptz,
  primary key (community_id, answer_key, accepted_at)
);
create index acceptance_question on acceptance (community_id, question_key);

-- one row a span of membership of a person
create table membership_spell (
  community_id uuid not null references community (community_id) on delete cascade,
  person_id uuid not null,
  -- -infinity: left without a known joining, so a member since before the data
  joined_at timestamptz not null,
  left_at timestamptz,
  is_rejoin boolean not null,
  primary key (community_id, person_id, joined_at)
);

-- one row a person and local day with any activity, views included; bots left out
create table activity_day (
  community_id uuid not null references community (community_id) on delete cascade,
  person_id uuid not null,
  day_on date not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  contribution_count integer not null,
  primary key (community_id, person_id, day_on)
);

-- one row a local day, source and type of event: what each source has told, and how much
create table event_day (
  community_id uuid not null references community (community_id) on delete cascade,
  day_on date not null,
  source text not null,
  type text not null,
  event_count integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (community_id, day_on, source, type)
);

-- one row a community: how far its results reach
create table community_state (
  community_id uuid primary key references community (community_id) on delete cascade,
  first_event_on date,
  known_by timestamptz,
  refreshed_at timestamptz,
  -- changes whenever results change; open pages watch it
  revision bigint not null default 0,
  -- hashes of all besides events that, changing, asks for a rebuild: of rollups (statements, zone, bots), of results
  -- (measures, rules, what the sources can tell)
  rollups_version text,
  results_version text
);

-- one row a period with anything in it: the points of every metric, those equal to an empty period left out
create table period_result (
  community_id uuid not null references community (community_id) on delete cascade,
  grain text not null check (grain in ('day', 'week', 'month')),
  from_on date not null,
  points jsonb not null,
  primary key (community_id, grain, from_on)
);

-- one row a day the verdict was evaluated for: month ends and the last known day
create table verdict_result (
  community_id uuid not null references community (community_id) on delete cascade,
  at_on date not null,
  is_latest boolean not null,
  verdict jsonb not null,
  primary key (community_id, at_on)
);
