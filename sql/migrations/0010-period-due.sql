-- Points that change by the clock alone: a question ripens, somebody has waited longer than another did. A refresh measures
-- again what has come due, and leaves the other periods of the past alone.

-- one row a period and reading whose points may be others from due_at on, though nothing happens
create table period_due (
  community_id uuid not null references community (community_id) on delete cascade,
  grain text not null check (grain in ('day', 'week', 'month')),
  from_on date not null,
  reading text not null,
  due_at timestamptz not null,
  primary key (community_id, grain, from_on, reading)
);
create index period_due_at on period_due (community_id, due_at);
