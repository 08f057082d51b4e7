-- How long people fall silent before they come back: what tells from when on a silence is a lapse.

alter table presence drop constraint presence_kind_check;
-- unbroken: active without a longer silence than is ordinary; what lies between two such stretches is a silence that ended
alter table presence add constraint presence_kind_check check (kind in ('active', 'benefited', 'unbroken'));

-- people by the last day on which they were active: silences that have not ended
alter table membership_day add column last_active_count integer not null default 0;
alter table membership_day alter column last_active_count drop default;

-- one row a length of silence, in days from one activity to the next, longer than is ordinary: how many ended in a return
create table silence_length (
  community_id uuid not null references community (community_id) on delete cascade,
  silent_days integer not null,
  returned_count integer not null,
  primary key (community_id, silent_days)
);
