-- Who is told of alerts, and what waits for their weekly digest.

-- One row a person or address that is set otherwise than by default: managers (administrators where there is none) get every alert for
-- managers, administrators those for operators, without a row.
create table alert_recipient (
  community_id uuid not null references community (community_id) on delete cascade,
  recipient_id uuid not null,
  -- an account, told at its own address as long as it may see the community. Null: an address without one
  user_id text,
  -- SHA-256 of the address in its one spelling: kept when the rest is removed, so that who said no is not signed up again unasked
  address_hash bytea,
  -- null once removed
  address text,
  name text,
  how text not null check (how in ('each', 'digest', 'none')),
  -- shared/contract/alert.ts; null: those that come by default
  rules text[],
  -- the person themself wants none
  said_no_at timestamptz,
  created_at timestamptz not null,
  -- an account
  created_by text,
  -- taken off the list; the row stays only where somebody had said no before
  removed_at timestamptz,
  version integer not null,
  primary key (community_id, recipient_id),
  check ((user_id is null) <> (address_hash is null))
);
create unique index alert_recipient_user on alert_recipient (community_id, user_id);
create unique index alert_recipient_address on alert_recipient (community_id, address_hash);

-- one row a notice that somebody is told of by their next digest: written in the transaction that tells it
create table alert_digest_entry (
  community_id uuid not null references community (community_id) on delete cascade,
  alert_id uuid not null,
  notice text not null,
  noticed_on date not null,
  -- as in the key of a mail: an account or an alert_recipient
  recipient_key text not null,
  added_at timestamptz not null,
  -- the Monday of the digest that told it
  digested_on date,
  primary key (community_id, alert_id, notice, noticed_on, recipient_key),
  foreign key (community_id, alert_id, notice, noticed_on) references alert_notice (community_id, alert_id, notice, noticed_on)
    on delete cascade
);
create index alert_digest_entry_waiting on alert_digest_entry (community_id, recipient_key) where digested_on is null;
