-- Live feeds: where a community's place sends what happens there, as it happens.

-- one row a feed that a manager has set up
create table webhook (
  community_id uuid not null references community (community_id) on delete cascade,
  webhook_id uuid not null,
  kind text not null check (kind in ('discourse', 'github')),
  -- the name its events carry as their source: that of the archive of the same place, so that both know the same events
  source text not null,
  name text not null,
  -- what deliveries are signed with, sealed with the server's own secret (AES-256-GCM): it must be had again to check a signature
  sealed_secret bytea not null,
  created_at timestamptz not null,
  -- deliveries whose signature was right
  last_delivery_at timestamptz,
  last_event text,
  last_status integer,
  last_outcome text,
  delivery_count bigint not null default 0,
  accepted_count bigint not null default 0,
  ignored_count bigint not null default 0,
  -- those whose signature was missing or wrong
  last_refused_at timestamptz,
  refused_count bigint not null default 0,
  primary key (community_id, webhook_id)
);
