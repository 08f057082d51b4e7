-- How a community's CSV files are read, as a person has said it, for the next file with the same columns.
create table csv_mapping (
  community_id uuid not null references community (community_id) on delete cascade,
  -- the names of the columns, whatever their order
  header_key uuid not null,
  header text[] not null,
  -- CsvMapping of the contract
  mapping jsonb not null,
  saved_at timestamptz not null,
  primary key (community_id, header_key)
);
