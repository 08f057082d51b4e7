-- Other ways out for alerts: webhooks signed after Standard Webhooks, and messages to a chat. They go through the outbox, as mail does.

-- one row a place that the managers of a community have alerts sent to
create table alert_hook (
  community_id uuid not null references community (community_id) on delete cascade,
  hook_id uuid not null,
  -- slack: the incoming webhooks of Slack, and of those that understand the same
  kind text not null check (kind in ('webhook', 'slack')),
  label text not null,
  -- of its address, to tell hooks apart; the address is a secret itself where a chat gives it out
  host text not null,
  -- AES-256-GCM under a key of SECRET_KEY, for this row alone (store/seal-secret.ts)
  sealed_address bytea not null,
  -- what a webhook is signed with; null: a chat has none
  sealed_secret bytea,
  -- the secret before it signs too until then
  sealed_old_secret bytea,
  old_secret_until timestamptz,
  -- shared/contract/alert.ts; null: every rule
  rules text[],
  is_on boolean not null,
  -- why it was switched off by itself; null: by nobody, or by a person
  off_reason text,
  created_at timestamptz not null,
  -- an account
  created_by text,
  -- goes up with every change
  version integer not null,
  updated_at timestamptz not null,
  -- null: by itself, or by somebody who is gone
  updated_by text,
  primary key (community_id, hook_id)
);

alter table outbox
  add column channel text not null default 'mail' check (channel in ('mail', 'webhook', 'slack')),
  -- of alert_hook, where the address and the secret are: never here
  add column hook_id uuid,
  add constraint outbox_hook_named check ((channel = 'mail') = (hook_id is null));
create index outbox_hook on outbox (hook_id, put_at) where hook_id is not null;
