-- Text is read on the way in and dropped, unless the operator keeps it.

alter table community add column keeps_text boolean not null default false;

-- one row a message received while its community kept text; it goes when the message goes, is taken back or is replaced
create table event_text (
  community_id uuid not null,
  event_key uuid not null,
  title text,
  text text,
  primary key (community_id, event_key),
  foreign key (community_id, event_key) references event (community_id, event_key) on delete cascade
);
