-- What delivery has to know of a mail besides its state.

alter table outbox
  -- how pages and addresses name it: the key is made of other things' ids and may hold anything
  add column mail_id uuid not null default gen_random_uuid(),
  -- when it was last begun to be sent, whatever came of it
  add column tried_at timestamptz,
  -- when it came into the state that it ends in
  add column settled_at timestamptz,
  -- the mail that somebody had sent again, and which this one is; each is sent again at most once, its second copy may be in turn
  add column again_of text references outbox (mail_key) on delete cascade,
  -- the account that had it sent again, or took it back; null: by itself, or there is none any more
  add column changed_by text,
  -- its text is dropped some time after it ended, see docs/mail.md
  add column is_text_dropped boolean not null default false;
create unique index outbox_mail_id on outbox (mail_id);
create unique index outbox_again on outbox (again_of) where again_of is not null;
-- how many were tried in the last minute
create index outbox_tried on outbox (tried_at);
create index outbox_put on outbox (put_at, mail_id);
create index outbox_kept_text on outbox (settled_at) where not is_text_dropped;
