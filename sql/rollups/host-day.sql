-- grain: one row a local day and host of counted contributions among those at hand; each counts as often as its sign says
-- $1 community_id · $2 time zone
insert into host_day_new (community_id, day_on, host_id, contribution_count)
select $1, local_day(c.occurred_at, $2), c.host_id, sum(sign)
from contribution_signed c
where c.community_id = $1 and c.is_counted and c.host_id is not null
group by 2, 3
