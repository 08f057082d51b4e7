import type { ClientBase, Pool } from 'pg'
import type { Measured, PointStatus } from '../../shared/contract/metric.ts'
import type { Grain } from '../../shared/period.ts'

/** The points of one period by series key, "metric" or "metric:category". */
export type PeriodPoints = Map<string, Measured>
/** A point as it lies in the table: a list is a third of the size of an object. */
type Packed = [number | null, number | null, number | null, number | null, number | null, number | null, PointStatus, string | null]

const pack = (m: Measured): Packed => [m.value, m.numerator, m.denominator, m.n, m.low, m.high, m.status, m.reason]
const unpack = ([value, numerator, denominator, n, low, high, status, reason]: Packed): Measured => ({
  value,
  numerator,
  denominator,
  n,
  low,
  high,
  status,
  reason,
})
const isSame = (a: Measured | undefined, b: Measured): boolean => a !== undefined && JSON.stringify(pack(a)) === JSON.stringify(pack(b))

/**
 * Stores points of some periods. `seriesKeys` are the series being written: others of the same period stay as they are.
 * What equals the point of an empty period is left out, and put back on reading.
 */
export const writePoints = async (
  client: ClientBase,
  communityId: string,
  grain: Grain,
  seriesKeys: string[],
  empty: PeriodPoints,
  rows: { from_on: string; points: PeriodPoints }[],
): Promise<void> => {
  for (let i = 0; i < rows.length; i += 1000) {
    const part = rows.slice(i, i + 1000)
    await client.query(
      `insert into period_result (community_id, grain, from_on, points)
       select $1, $2, new.from_on, new.points
       from unnest($3::date[], $4::jsonb[]) as new (from_on, points)
       on conflict (community_id, grain, from_on) do update set points = (period_result.points - $5::text[]) || excluded.points`,
      [
        communityId,
        grain,
        part.map((r) => r.from_on),
        part.map((r) =>
          JSON.stringify(
            Object.fromEntries([...r.points].filter(([key, m]) => !isSame(empty.get(key), m)).map(([key, m]) => [key, pack(m)])),
          ),
        ),
        seriesKeys,
      ],
    )
  }
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

/** Stored points by the first day of their period. */
export const readPoints = async (
  db: Pool | ClientBase,
  communityId: string,
  grain: Grain,
  from_on: string,
  to_on: string,
): Promise<Map<string, PeriodPoints>> => {
  const { rows } = await db.query<{ from_on: string; points: Record<string, Packed> }>(
    'select from_on, points from period_result where community_id = $1 and grain = $2 and from_on >= $3::date and from_on < $4::date',
    [communityId, grain, from_on, to_on],
  )
  return new Map(rows.map((row) => [row.from_on, new Map(Object.entries(row.points).map(([key, packed]) => [key, unpack(packed)]))]))
}
