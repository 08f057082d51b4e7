-- A mail whose recipient has said meanwhile that they want none of its kind: nobody sends it again, not even by hand.
alter table outbox add column is_closed boolean not null default false;
create index outbox_address on outbox (to_address, kind);
