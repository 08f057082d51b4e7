-- Newcomers' first starts, and who facilitates.

-- one row a person and kind of start, question or post: the first of theirs that counts, as known now
create table first_start (
  community_id uuid not null references community (community_id) on delete cascade,
  person_id uuid not null,
  kind text not null check (kind in ('question', 'post')),
  event_key uuid not null,
  thread_key uuid not null,
  started_at timestamptz not null,
  -- the first counted answer or reply in its thread by someone else, not before it
  first_reply_at timestamptz,
  primary key (community_id, person_id, kind)
);
create index first_start_started on first_start (community_id, started_at);
create index first_start_thread on first_start (community_id, thread_key);

-- one row an account whose person facilitates, as its managers say: paid or asked to answer, so no peer
create table facilitator (
  community_id uuid not null references community (community_id) on delete cascade,
  identity_key uuid not null,
  named_at timestamptz not null,
  primary key (community_id, identity_key),
  foreign key (community_id, identity_key) references identity (community_id, identity_key) on delete cascade
);
