-- One person, several accounts.

-- hash of the name as names are compared; the nil uuid where a name says too little to compare; null: not worked out yet
alter table identity add column name_key uuid;
create index identity_name on identity (community_id, name_key) where name_key is not null;
create index identity_nameless on identity (community_id, identity_key) where name_key is null and display_name is not null;

-- one row a pair of accounts that a person said are not of one person, smaller key first
create table identity_dismissal (
  community_id uuid not null references community (community_id) on delete cascade,
  identity_key uuid not null,
  other_key uuid not null,
  dismissed_at timestamptz not null,
  primary key (community_id, identity_key, other_key),
  check (identity_key < other_key),
  foreign key (community_id, identity_key) references identity (community_id, identity_key) on delete cascade,
  foreign key (community_id, other_key) references identity (community_id, identity_key) on delete cascade
);
create index identity_dismissal_other on identity_dismissal (community_id, other_key);
