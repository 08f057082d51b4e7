-- Events are the truth. Everything that grows with a community is keyed by community_id first, so that a
-- distributed PostgreSQL (Citus) can hold the same schema; see docs/database.md for the rules a test enforces.

-- one row a community; a small table that every node may hold whole
create table community (
  community_id uuid primary key,
  slug text not null unique,
  name text not null,
  time_zone text not null,
  is_demo boolean not null default false,
  demo_note text,
  created_at timestamptz not null
);

-- one row a source of a community: what it can tell, and how far its feed is known to reach
create table source (
  community_id uuid not null references community (community_id) on delete cascade,
  source text not null,
  -- declared by an importer; null when only the types seen can say
  tells text[],
  -- the feed is known to have been whole up to here; null when only its events can say
  observed_until timestamptz,
  primary key (community_id, source)
);

-- one row an account in a source; identities of the same person share person_id
create table identity (
  community_id uuid not null references community (community_id) on delete cascade,
  identity_key uuid not null,
  source text not null,
  source_actor_id text not null,
  display_name text,
  -- when the name was last seen in use: the latest event wins, in whatever order they arrive
  named_at timestamptz,
  person_id uuid not null,
  is_bot boolean not null default false,
  primary key (community_id, identity_key)
);
create index identity_person on identity (community_id, person_id);

-- one row an event, appended once by (community, source, the source's id); text is read at the door and not kept
create table event (
  community_id uuid not null references community (community_id) on delete cascade,
  -- the first 128 bits of SHA-256 over (source, id): narrow keys keep the index small
  event_key uuid not null,
  source text not null,
  source_event_id text not null,
  type text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  identity_key uuid,
  -- the conversation; null when the event names none and only its target can say
  thread_key uuid,
  -- the event answered, accepted, reacted to or deleted
  target_key uuid,
  target_identity_key uuid,
  channel text,
  url text,
  properties jsonb,
  word_count integer not null default 0,
  -- words that talk about artefacts and procedure, and about documents and building (workgroups.md)
  artefact_word_count integer not null default 0,
  document_word_count integer not null default 0,
  is_thanks boolean not null default false,
  -- hash of the event as sent: the same again is a duplicate, another is a conflict
  body_hash uuid not null,
  primary key (community_id, event_key)
);
create index event_occurred on event (community_id, occurred_at);
create index event_thread on event (community_id, thread_key) where thread_key is not null;
create index event_target on event (community_id, target_key) where target_key is not null;

-- one row a batch and local day it touched; written with the events, deleted when the day's rollups hold them.
-- The batch is in the key so that a refresh deletes only marks it has seen.
create table stale_day (
  community_id uuid not null references community (community_id) on delete cascade,
  day_on date not null,
  batch_id uuid not null,
  primary key (community_id, day_on, batch_id)
);

-- one row an import or stream, for the page that shows where data come from
create table import (
  community_id uuid not null references community (community_id) on delete cascade,
  import_id uuid not null,
  source text not null,
  file_name text,
  started_at timestamptz not null,
  finished_at timestamptz,
  status text not null check (status in ('running', 'done', 'failed')),
  accepted_count bigint not null default 0,
  duplicate_count bigint not null default 0,
  conflict_count bigint not null default 0,
  rejected_count bigint not null default 0,
  message text,
  primary key (community_id, import_id)
);

-- one row a rejected row of an import, the first thousand of each
create table import_rejection (
  community_id uuid not null,
  import_id uuid not null,
  position bigint not null,
  pointer text not null,
  code text not null,
  message text not null,
  primary key (community_id, import_id, position, pointer),
  foreign key (community_id, import_id) references import (community_id, import_id) on delete cascade
);
