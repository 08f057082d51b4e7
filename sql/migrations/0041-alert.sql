-- What is watched in a community, what was noticed, and what was told of it.

-- one row a rule of a community that is set otherwise than by default, or snoozed
create table alert_rule_setting (
  community_id uuid not null references community (community_id) on delete cascade,
  -- shared/contract/alert.ts
  rule_id text not null,
  is_on boolean not null,
  -- limits times this; null: the usual, or what the budget takes
  strictness double precision,
  -- nobody is told until then
  snoozed_until timestamptz,
  snoozed_at timestamptz,
  -- an account; null: by a link of a mail
  snoozed_by text,
  -- goes up with every change
  version integer not null,
  updated_at timestamptz not null,
  updated_by text,
  primary key (community_id, rule_id)
);

-- one row a rule that is watched: how it stood when it was judged last
create table alert_watch (
  community_id uuid not null references community (community_id) on delete cascade,
  rule_id text not null,
  -- what was noticed in periods before this one is history, of which nobody is told
  watched_from date not null,
  -- first day of the last period judged; null: none could be
  judged_on date,
  judged_at timestamptz not null,
  -- what it was judged by: the community_state.revision of then, the limits, the program. The same is not judged again.
  judged_by text not null,
  -- how it stands: statistic in units of its limit, why it cannot be judged, how much the community swings
  standing jsonb not null,
  primary key (community_id, rule_id)
);

-- one row a thing noticed; began_on does not move when late events would have shown it a week sooner
create table alert (
  community_id uuid not null references community (community_id) on delete cascade,
  alert_id uuid not null,
  rule_id text not null,
  -- first day of the period in which it was noticed
  began_on date not null,
  state text not null check (state in ('open', 'recovered', 'passed', 'settled', 'withdrawn', 'switched_off')),
  ended_on date,
  is_history boolean not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  ruling text check (ruling in ('right', 'false_alarm')),
  ruling_note text,
  ruled_at timestamptz,
  -- an account; null: by a link of a mail
  ruled_by text,
  version integer not null,
  primary key (community_id, alert_id)
);
create unique index alert_began on alert (community_id, rule_id, began_on);
-- at most one stands at a time
create unique index alert_open on alert (community_id, rule_id) where state = 'open';

-- one row a thing told: written in the transaction that puts its mails into the outbox, never changed but by what becomes of a held one
create table alert_notice (
  community_id uuid not null references community (community_id) on delete cascade,
  alert_id uuid not null,
  notice text not null check (notice in ('began', 'clearly_worse', 'recovered', 'passed', 'withdrawn')),
  -- first day of the period at whose end it was noticed
  noticed_on date not null,
  told_at timestamptz not null,
  -- sent: put into the outbox · held: while snoozed · nobody: there was no recipient · history
  sent text not null check (sent in ('sent', 'held', 'nobody', 'history')),
  recipient_count integer not null,
  -- shared/contract/alert.ts, as it was told
  content jsonb not null,
  primary key (community_id, alert_id, notice, noticed_on),
  foreign key (community_id, alert_id) references alert (community_id, alert_id) on delete cascade
);
create index alert_notice_told on alert_notice (community_id, told_at);
