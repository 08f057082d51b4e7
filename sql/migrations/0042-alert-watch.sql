-- What keeps each notice to once, and what went wrong when a rule was to be judged.

-- "clearly worse" is told each time it is; all others once an alert, whatever period they were noticed in
create unique index alert_notice_once on alert_notice (community_id, alert_id, notice) where notice <> 'clearly_worse';

-- one row a rule that could not be judged when it was tried last; gone once it was
create table alert_failure (
  community_id uuid not null references community (community_id) on delete cascade,
  rule_id text not null,
  failed_since timestamptz not null,
  failed_at timestamptz not null,
  -- in words for who runs the program
  failure text not null,
  primary key (community_id, rule_id)
);

-- one row a community whose rules are due but whose numbers are behind its events
create table alert_wait (
  community_id uuid primary key references community (community_id) on delete cascade,
  waiting_since timestamptz not null
);
