-- When events came, which their own times do not say: a feed that goes silent is told from an archive that was read once.

-- one row a source and local day on which it sent events that were new then: they had happened within the 45 days before
create table arrival_day (
  community_id uuid not null references community (community_id) on delete cascade,
  source text not null,
  day_on date not null,
  event_count integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (community_id, source, day_on)
);

-- 'barnraise:' begins the ids of what members tell this program itself
insert into arrival_day (community_id, source, day_on, event_count, first_at, last_at)
select e.community_id, e.source, (e.received_at at time zone c.time_zone)::date, count(*), min(e.received_at), max(e.received_at)
from event e
join community c on c.community_id = e.community_id
where
  e.occurred_at between e.received_at - interval '45 days' and e.received_at + interval '1 day'
  and e.source_event_id not like 'barnraise:%'
group by 1, 2, 3;
