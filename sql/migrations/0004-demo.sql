-- one row a demo community that was loaded once, so that one that was removed does not come back by itself; a small local table
create table demo_load (
  slug text primary key,
  finished_at timestamptz not null
);
