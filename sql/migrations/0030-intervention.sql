-- What managers tried, by day: drawn on every chart, and compared with what came before.

-- one row a note; a note that was taken back keeps its row, without its text, so that whoever still has it open can be told
create table intervention (
  community_id uuid not null references community (community_id) on delete cascade,
  intervention_id uuid not null,
  -- the local day it began
  began_on date not null,
  title text not null,
  note text,
  -- what it was meant to change: metrics, or metric:category
  metrics text[] not null,
  -- goes up with every change
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- an account; null where there is none any more
  updated_by text,
  removed_at timestamptz,
  primary key (community_id, intervention_id)
);
create index intervention_day on intervention (community_id, began_on) where removed_at is null;
