-- What a community costs, as its managers say: the sponsor's report sets it beside what members got.

-- one row a statement of what it costs from a day on, until the next one; one that was taken back keeps its row, without its amounts
create table community_cost (
  community_id uuid not null references community (community_id) on delete cascade,
  cost_id uuid not null,
  -- the first local day for which it holds
  from_on date not null,
  -- hours of people's work a month, what one hour costs, and what else it costs a month
  hours_per_month numeric(16, 4) not null check (hours_per_month >= 0),
  hourly_rate numeric(16, 4) not null check (hourly_rate >= 0),
  other_per_month numeric(16, 4) not null check (other_per_month >= 0),
  -- ISO 4217
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  note text,
  -- goes up with every change
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- an account; null where there is none any more
  updated_by text,
  removed_at timestamptz,
  primary key (community_id, cost_id)
);
-- two from the same day would leave open which of them holds
create unique index community_cost_day on community_cost (community_id, from_on) where removed_at is null;
