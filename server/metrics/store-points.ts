import type { ClientBase, Pool } from 'pg'
import type { Measured, PointStatus } from '../../shared/contract/metric.ts'
import type { Grain } from '../../shared/period.ts'

/** The points of one period by series key, "metric" or "metric:category". */
export type PeriodPoints = Map<string, Measured>
/** A point as it lies in the table: a list is a third of the size of an object. */
type Packed = [
  number | null,
  number | null,
  number | null,
  number | null,
  number | null,
  number | null,
  PointStatus,
  string | null,
  is_inferred?: true,
]

const pack = (m: Measured): Packed => [
  m.value,
  m.numerator,
  m.denominator,
  m.n,
  m.low,
  m.high,
  m.status,
  m.reason,
  ...(m.is_inferred ? ([true] as const) : ([] as const)),
]
const unpack = ([value, numerator, denominator, n, low, high, status, reason, is_inferred]: Packed): Measured => ({
  value,
  numerator,
  denominator,
  n,
  low,
  high,
  status,
  reason,
  ...(is_inferred ? { is_inferred } : undefined),
})

/** Rows are sent in parts of this many: those of a busy community are long. */
const ROWS_AT_ONCE = 500

/**
 * Stores points of some periods: the series that each row holds; others of the same period stay as they are. What equals the
 * point of an empty period is left out, and put back on reading. Rows that stay the same are not written.
 */
export const writePoints = async (
  client: ClientBase,
  communityId: string,
  grain: Grain,
  empty: PeriodPoints,
  rows: { from_on: string; points: PeriodPoints }[],
): Promise<void> => {
  const nothing = new Map([...empty].map(([key, measured]) => [key, JSON.stringify(pack(measured))]))
  const keyLists = new Map<string, number>()
  const numberOf = (keys: string) => keyLists.get(keys) ?? keyLists.set(keys, keyLists.size + 1).size
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
    const part = rows.slice(i, i + ROWS_AT_ONCE).map(({ from_on, points }) => {
      const kept: string[] = []
      for (const [key, measured] of points) {
        if (measured === empty.get(key)) continue
        const text = JSON.stringify(pack(measured))
        if (text !== nothing.get(key)) kept.push(`${JSON.stringify(key)}:${text}`)
      }
      return `{"from_on":"${from_on}","keys_no":${numberOf([...points.keys()].join(','))},"points":{${kept.join(',')}}}`
    })
    await client.query(
      `insert into period_result (community_id, grain, from_on, points)
       select
         $1,
         $2,
         new.from_on,
         (coalesce(old.points, '{}') - string_to_array(($4::text[])[new.keys_no], ',')) || new.points
       from json_to_recordset($3::json) as new (from_on date, keys_no int, points jsonb)
       left join period_result old on old.community_id = $1 and old.grain = $2 and old.from_on = new.from_on
       on conflict (community_id, grain, from_on) do update set points = excluded.points
         where period_result.points is distinct from excluded.points`,
      [communityId, grain, `[${part.join(',')}]`, [...keyLists.keys()]],
    )
  }
}

/** Which of the stored periods that begin on these days withhold anything for being too anonymous. */
export const readWithheld = async (client: ClientBase, communityId: string, grain: Grain, from_ons: string[]): Promise<Set<string>> => {
  const { rows } = await client.query<{ from_on: string }>(
    `select from_on
     from period_result
     where community_id = $1 and grain = $2 and from_on = any ($3::date[])
       and exists (select from jsonb_each(points) as point where point.value ->> 6 = 'withheld')`,
    [communityId, grain, from_ons],
  )
  return new Set(rows.map((row) => row.from_on))
}

/** Deletes every stored point, or those of periods that begin outside the given local days. */
export const deletePointsOutside = async (
  client: ClientBase,
  communityId: string,
  grain: Grain,
  first_on: string,
  last_on: string,
): Promise<void> => {
  await client.query('delete from period_result where community_id = $1 and grain = $2 and not from_on between $3::date and $4::date', [
    communityId,
    grain,
    first_on,
    last_on,
  ])
}

/** Stored points by the first day of their period; of the series named alone, where some are. */
export const readPoints = async (
  db: Pool | ClientBase,
  communityId: string,
  grain: Grain,
  from_on: string,
  to_on: string,
  keys: readonly string[] | null = null,
): Promise<Map<string, PeriodPoints>> => {
  const { rows } = await db.query<{ from_on: string; points: Record<string, Packed> }>(
    `select
       from_on,
       case when $5::text[] is null then points
       else coalesce((select jsonb_object_agg(key, points -> key) from unnest($5::text[]) as wanted (key) where points ? key), '{}') end as points
     from period_result where community_id = $1 and grain = $2 and from_on >= $3::date and from_on < $4::date`,
    [communityId, grain, from_on, to_on, keys],
  )
  return new Map(rows.map((row) => [row.from_on, new Map(Object.entries(row.points).map(([key, packed]) => [key, unpack(packed)]))]))
}

/** Stored points of many communities at once, each over its own days, by community and first day; of the series named alone. */
export const readPointsOfMany = async (
  db: Pool | ClientBase,
  grain: Grain,
  ranges: readonly { communityId: string; from_on: string; to_on: string }[],
  keys: readonly string[],
): Promise<Map<string, Map<string, PeriodPoints>>> => {
  const { rows } = await db.query<{ community_id: string; from_on: string; points: (Packed | null)[] }>(
    `select r.community_id, r.from_on, (select json_agg(r.points -> key order by no) from unnest($5::text[]) with ordinality as wanted (key, no)) as points
     from unnest($1::uuid[], $2::date[], $3::date[]) as asked (community_id, from_on, to_on)
     join period_result r
       on r.community_id = asked.community_id and r.grain = $4 and r.from_on >= asked.from_on and r.from_on < asked.to_on`,
    [ranges.map((r) => r.communityId), ranges.map((r) => r.from_on), ranges.map((r) => r.to_on), grain, keys],
  )
  const found = new Map<string, Map<string, PeriodPoints>>()
  for (const row of rows) {
    const points: PeriodPoints = new Map()
    for (const [i, packed] of row.points.entries()) if (packed !== null) points.set(keys[i] as string, unpack(packed))
    const periods = found.get(row.community_id) ?? new Map<string, PeriodPoints>()
    found.set(row.community_id, periods.set(row.from_on, points))
  }
  return found
}
