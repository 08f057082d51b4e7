-- The sponsor's monthly report, and the mail that carries it.

-- one row a community whose managers have set how its report is made; what holds without one stands in store/report-settings.ts
create table report_setting (
  community_id uuid primary key references community (community_id) on delete cascade,
  -- made by itself and sent to who is subscribed
  is_made boolean not null,
  -- how many days before the first of the month the managers get the draft; 0: none
  draft_days integer not null check (draft_days between 0 and 14),
  -- goes up with every change
  version integer not null,
  updated_at timestamptz not null,
  -- an account; null where there is none any more
  updated_by text
);

-- one row a month for which managers have said something: it goes into the report when that is made
create table report_draft (
  community_id uuid not null references community (community_id) on delete cascade,
  -- 2025-12, of the community's own calendar
  month text not null,
  ask text,
  -- the events that hold the chosen stories; null: chosen by themselves
  story_keys uuid[],
  version integer not null,
  updated_at timestamptz not null,
  updated_by text,
  primary key (community_id, month)
);

-- one row a revision of a month's report: written once and never changed, so that it reads the same as long as it is kept
create table report_revision (
  community_id uuid not null references community (community_id) on delete cascade,
  month text not null,
  -- 1 as first made; each correction is the next
  revision integer not null,
  made_at timestamptz not null,
  -- an account; null: made by itself
  made_by text,
  -- why there is a correction, and what it changed, in words; null for the first
  reason text,
  changes jsonb,
  -- shared/contract/value-report.ts: what is shown, and what it was made of
  content jsonb not null,
  inputs jsonb not null,
  primary key (community_id, month, revision)
);

-- one row a mail to one recipient; put here in the transaction of what it tells, and sent afterwards.
-- Beside jobs and accounts it stands outside the tables that grow with a community: a mail may speak of several.
create table outbox (
  -- what makes it the same mail: a second with this key is never put in
  mail_key text primary key,
  community_id uuid references community (community_id) on delete cascade,
  kind text not null,
  to_address text not null,
  to_name text,
  subject text not null,
  text_body text not null,
  html_body text not null,
  -- further headers by name, such as List-Unsubscribe
  headers jsonb not null,
  put_at timestamptz not null,
  -- waiting: to be tried at next_try_at · claimed: a process is at it until lease_until, nothing handed over yet
  -- handing_over: the message itself is on its way · sent · refused: by the mail server, for good
  -- uncertain: the connection or the process died while it was handed over, so that nobody knows, and it is not sent again by itself
  -- cancelled: taken back before it was sent
  state text not null check (state in ('waiting', 'claimed', 'handing_over', 'sent', 'refused', 'uncertain', 'cancelled')),
  attempt_count integer not null default 0,
  next_try_at timestamptz not null,
  lease_until timestamptz,
  claimed_by uuid,
  sent_at timestamptz,
  -- what the mail server said last
  answer text
);
create index outbox_due on outbox (next_try_at) where state in ('waiting', 'claimed', 'handing_over');
create index outbox_community on outbox (community_id, put_at);
