/**
 * The local days on which people ($2 uuid[], of the community $1) are to be seen in what is held of them, in the time
 * zone $3, as SQL text. What they did since the last refresh is not among them: that has marks of its own.
 */
export const DAYS_OF_PEOPLE = `select a.day_on from activity_day a where a.community_id = $1 and a.person_id = any ($2::uuid[])
  union
  select (c.occurred_at at time zone $3::text)::date from contribution c where c.community_id = $1 and c.person_id = any ($2::uuid[])
  union
  select (moved.at at time zone $3::text)::date
  from membership_spell m
  cross join lateral (values (m.joined_at), (m.left_at)) as moved (at)
  where m.community_id = $1 and m.person_id = any ($2::uuid[]) and isfinite(moved.at)`
