-- How many false alarms a year the alerts of all communities together may send, and the limits that follow.

-- one row at most
create table alert_budget (
  is_only boolean primary key default true check (is_only),
  -- a year; null: none is set, and limits are the usual ones
  false_alarms double precision,
  -- limits times this, in communities and rules that have no setting of their own; judging reads this alone
  strictness double precision not null,
  -- goes up with every change by a person
  version integer not null,
  updated_at timestamptz not null,
  -- an account
  updated_by text,
  -- when limits were last made stricter by themselves, since more is watched than when the budget was set
  tightened_at timestamptz
);
