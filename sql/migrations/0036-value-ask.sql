-- Members are asked whether an answer helped. What they say is an event; here stands who was asked, and who never wants to be.

-- one row a question whose asker was, or is about to be, asked: never twice
create table value_ask (
  community_id uuid not null references community (community_id) on delete cascade,
  ask_id uuid not null,
  question_key uuid not null,
  -- of the event that holds the answer, once there is one
  event_key uuid not null,
  -- the account that asked the question; gone with it
  identity_key uuid not null,
  how text not null check (how in ('link', 'mail')),
  made_at timestamptz not null,
  -- the person signed in, by id; null: by itself
  made_by text,
  -- a link may be made and never posted; a mail is sent as it is made
  asked_at timestamptz,
  expires_at timestamptz not null,
  -- what makes the mail the same one in the outbox
  mail_key text,
  -- the first answer, and the last change to it; null: none, or taken back
  answered_at timestamptz,
  changed_at timestamptz,
  withdrawn_at timestamptz,
  primary key (community_id, ask_id),
  unique (community_id, question_key),
  foreign key (community_id, identity_key) references identity (community_id, identity_key) on delete cascade
);
create index value_ask_identity on value_ask (community_id, identity_key);
create index value_ask_event on value_ask (community_id, event_key);
create index value_ask_asked on value_ask (community_id, asked_at);

-- one row an account whose address a manager gave, for asking and nothing else
create table member_contact (
  community_id uuid not null references community (community_id) on delete cascade,
  identity_key uuid not null,
  address text not null,
  -- as identity.email_key: the same address, however it is written
  address_key uuid not null,
  added_at timestamptz not null,
  added_by text,
  primary key (community_id, identity_key),
  foreign key (community_id, identity_key) references identity (community_id, identity_key) on delete cascade
);
create index member_contact_address on member_contact (community_id, address_key);

-- one row an account or address that must not be asked again: kept whatever becomes of the account, so that it holds
-- when accounts are merged, split, erased or imported anew. Both are hashes.
create table ask_opt_out (
  community_id uuid not null references community (community_id) on delete cascade,
  out_key uuid not null,
  kind text not null check (kind in ('account', 'address')),
  opted_out_at timestamptz not null,
  primary key (community_id, out_key)
);

-- one row a community whose managers have said whether askers are mailed without anybody pressing a button; without one they are not
create table ask_setting (
  community_id uuid primary key references community (community_id) on delete cascade,
  is_mailing boolean not null,
  version integer not null,
  updated_at timestamptz not null,
  updated_by text
);
