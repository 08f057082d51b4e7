-- Who gets the value report by mail, and the links that open one without signing in.

-- one row an address that is subscribed, or has said that it wants no more
create table report_subscription (
  community_id uuid not null references community (community_id) on delete cascade,
  subscription_id uuid not null,
  -- SHA-256 of the address in its one spelling: kept when the rest is removed, so that who said no is not signed up again unasked
  address_hash bytea not null,
  -- null once removed
  address text,
  name text,
  -- the account of a person who subscribed themself: it lasts as long as they may see the community. Null: a manager did
  user_id text,
  created_at timestamptz not null,
  -- an account
  created_by text,
  unsubscribed_at timestamptz,
  -- taken off the list by a manager; the row stays only where somebody had unsubscribed before
  removed_at timestamptz,
  primary key (community_id, subscription_id)
);
create unique index report_subscription_address on report_subscription (community_id, address_hash);

-- one row a link made by a manager. The secret is the signature in the link; revoking deletes the row.
create table report_link (
  community_id uuid not null references community (community_id) on delete cascade,
  link_id uuid not null,
  label text not null,
  -- 2025-12; null: always the latest report
  month text,
  created_at timestamptz not null,
  -- an account
  created_by text,
  -- null: does not end by itself
  expires_at timestamptz,
  -- in the community's own time zone; a day is all that is noted of an opening
  last_opened_on date,
  open_count integer not null default 0,
  primary key (community_id, link_id)
);
