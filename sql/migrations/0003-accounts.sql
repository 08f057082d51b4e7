-- Accounts stand outside the tables that grow with a community: people sign in once and may belong to many.
-- user, session, account and verification are better-auth's, in its shape with our spelling (server/access/create-auth.ts);
-- a test asks better-auth whether it would change anything here.

-- one row a person who may sign in; nobody can sign up, rows come from the first start and from invitations
create table "user" (
  id text primary key,
  name text not null,
  -- in lower case
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- sessions are deleted on sign-out, so they cannot say whether somebody has ever been here
  last_signed_in_at timestamptz
);

-- one row a signed-in browser
create table session (
  id text primary key,
  user_id text not null references "user" (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index session_user_id_idx on session (user_id);

-- one row a way of signing in; provider_id 'credential' holds the password's scrypt hash
create table account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references "user" (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index account_user_id_idx on account (user_id);

-- one row a one-time link not yet used; identifier holds the hash of its token
create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verification_identifier_idx on verification (identifier);

-- one row a person and community, or a person and everything (administrator)
create table role_grant (
  role_grant_id uuid primary key,
  user_id text not null references "user" (id) on delete cascade,
  role text not null check (role in ('administrator', 'manager', 'sponsor', 'viewer')),
  community_id uuid references community (community_id) on delete cascade,
  created_at timestamptz not null,
  check ((role = 'administrator') = (community_id is null)),
  unique nulls not distinct (user_id, community_id)
);
create index role_grant_community on role_grant (community_id);

-- one row an API key; the secret itself is shown once and not kept. Revoking deletes the row.
create table api_key (
  community_id uuid not null references community (community_id) on delete cascade,
  key_id uuid not null,
  name text not null,
  -- the first characters of the secret, to recognise the key by
  hint text not null,
  -- SHA-256 of 256 random bits: nothing to guess, so no slow hash
  secret_hash bytea not null,
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['ingest', 'read']),
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (community_id, key_id)
);
create unique index api_key_secret on api_key (community_id, secret_hash);
