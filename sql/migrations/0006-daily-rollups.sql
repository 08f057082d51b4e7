-- What is shown of a community is read from rows a day, so that its cost follows what changed and not all that ever was.
-- Rollups hold what is known now; what was known at another time is read from contributions, which say when each was taken back.

-- a batch marks the days of its events and, in received_at, itself: only its own events need another look.
-- null: the whole day (an event was replaced, erased or moved, and its old row is gone)
alter table stale_day add column received_at timestamptz;

-- a refresh asks of each contribution what took it back, accepted it, or hangs on it by reply alone: nearly always nothing, and
-- among all that points at it (views, reactions) that took long to find out
create index event_judged on event (community_id, target_key)
  where target_key is not null and type in ('content.deleted', 'answer.accepted', 'answer.unaccepted');
create index event_hanging on event (community_id, target_key)
  where target_key is not null and thread_key is null
    and type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed');

-- an account that turns out to be a bot takes what it wrote out of the counts: rollups remember whom they took for one
create index identity_bot on identity (community_id, identity_key) where is_bot;
create table known_bot (
  community_id uuid not null references community (community_id) on delete cascade,
  identity_key uuid not null,
  primary key (community_id, identity_key)
);

-- all of these are filled again from the events: the statements have changed
truncate contribution, acceptance, membership_spell, activity_day, event_day;

alter table contribution
  -- what it is as known now: see content-mix (docs/metrics.md)
  add column category text not null check (category in ('help', 'discussion', 'broadcast', 'news', 'work', 'other')),
  -- the author of the thread's start as known now; null where unknown, anonymous, a bot, or taken back
  add column host_id uuid,
  -- by a person, neither quarantined nor taken back: what the daily rollups count
  add column is_counted boolean not null,
  -- when the second person (all anonymous ones are one) came into the thread, counted contributions only; null: nobody did
  add column second_person_at timestamptz;
-- the contributions of a person in order: their first, their second
create index contribution_person on contribution (community_id, person_id, occurred_at) where person_id is not null;

-- an acceptance that moves to another day is found where it was
create index acceptance_accepted on acceptance (community_id, accepted_at);
create index acceptance_unaccepted on acceptance (community_id, unaccepted_at) where unaccepted_at is not null;

-- one row a counted question: the help episode, as known now
create table help_episode (
  community_id uuid not null references community (community_id) on delete cascade,
  question_key uuid not null,
  thread_key uuid not null,
  asked_at timestamptz not null,
  -- null: anonymous
  asker_id uuid,
  channel text,
  url text,
  -- the first counted answer by someone else
  first_answered_at timestamptz,
  first_answer_key uuid,
  -- null: unanswered, or answered first by an anonymous person
  first_helper_id uuid,
  answer_count integer not null,
  -- distinct helpers; all anonymous ones are one
  helper_count integer not null,
  -- since when a counted answer of it stands accepted; null: none does
  accepted_at timestamptz,
  primary key (community_id, question_key)
);
create index help_episode_asked on help_episode (community_id, asked_at);
create index help_episode_answered on help_episode (community_id, first_answered_at) where first_answered_at is not null;
create index help_episode_asker on help_episode (community_id, asker_id) where asker_id is not null;

-- one row a helper and question, at the helper's first answer, as known now; anonymous helpers left out
create table help_edge (
  community_id uuid not null references community (community_id) on delete cascade,
  question_key uuid not null,
  helper_id uuid not null,
  asker_id uuid,
  asked_at timestamptz not null,
  first_at timestamptz not null,
  answer_count integer not null,
  primary key (community_id, question_key, helper_id)
);
create index help_edge_first on help_edge (community_id, first_at);
create index help_edge_asked on help_edge (community_id, asked_at);

-- one row a local day with contributions: how many of which kind (counted ones, besides the last three)
create table contribution_day (
  community_id uuid not null references community (community_id) on delete cascade,
  day_on date not null,
  contribution_count integer not null,
  anonymous_count integer not null,
  start_count integer not null,
  answer_count integer not null,
  question_count integer not null,
  help_count integer not null,
  discussion_count integer not null,
  broadcast_count integer not null,
  news_count integer not null,
  work_count integer not null,
  other_count integer not null,
  word_count bigint not null,
  artefact_word_count bigint not null,
  document_word_count bigint not null,
  -- not counted: by bots; by people but quarantined; by people, sound, but taken back
  bot_count integer not null,
  quarantined_count integer not null,
  removed_count integer not null,
  primary key (community_id, day_on)
);

-- one row a local day and person with counted contributions
create table person_day (
  community_id uuid not null references community (community_id) on delete cascade,
  day_on date not null,
  person_id uuid not null,
  contribution_count integer not null,
  start_count integer not null,
  answer_count integer not null,
  question_count integer not null,
  -- announcements outside threads of work
  news_count integer not null,
  primary key (community_id, day_on, person_id)
);

-- one row a local day and host in whose threads counted contributions lie
create table host_day (
  community_id uuid not null references community (community_id) on delete cascade,
  day_on date not null,
  host_id uuid not null,
  contribution_count integer not null,
  primary key (community_id, day_on, host_id)
);
