import { startOfDay } from '../rollup/local-day.ts'
import type { Grain } from '../../shared/period.ts'
import type { RollupTable } from '../rollup/rollup-change.ts'

/**
 * A reading is one SQL statement over the rollups that returns one row a period; several metrics share it. Its text
 * takes the parameters of `PERIOD_CTE`, so the same statement reads days, weeks, months and the verdict's windows.
 */
export type Reading<Row> = {
  id: string
  /** What one row says, beginning with "one row a period". */
  grain: string
  /** Rollup tables it reads. */
  tables: readonly string[]
  /**
   * Whether a late event changes only the periods it lies in, or every later one too (a stock such as members).
   */
  reach: 'own-period' | 'onward'
  /** The grains it speaks of, all when absent: a period of another grain has the empty row, which nobody reads. */
  grains?: readonly Grain[]
  /** The definition: exact as known at any time. */
  sql: string
  /**
   * The same rows as known now, from rollups a day that are far shorter than what was written; same parameters. Good where
   * $5 lies after everything the rollups hold and no period is read as known then. Absent: `sql` is quick enough.
   */
  now?: { tables: readonly RollupTable[]; sql: string }
  /**
   * Where the row tells other numbers as time goes on, without any event: the earliest time, after `knownBy`, at which it may
   * (rather too early than too late; `knownBy` itself: look again whenever time has passed). Null, or absent: never.
   */
  changesAt?(row: Row, knownBy: Date): Date | null
  /** The row of a period in which nothing happened. */
  empty: Row
}

/** A span of local days to read, and whether only what was known at its end may be used (verdict) or all that is known by now (series). */
export type ReadPeriod = { from_on: string; to_on: string; is_as_known_then: boolean }

/**
 * $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] ·
 * $5 known_by timestamptz · $6 time zone. Local midnights become instants by the one expression of the rollups.
 */
export const PERIOD_CTE = `local_period as (
  select
    span.period_no,
    span.from_on,
    span.to_on,
    span.is_as_known_then,
    ${startOfDay('span.from_on', '$6')} as starts_at,
    ${startOfDay('span.to_on', '$6')} as ends_at
  from unnest($2::date[], $3::date[], $4::boolean[]) with ordinality
    as span (from_on, to_on, is_as_known_then, period_no)
),
period as (
  select
    period_no,
    from_on,
    to_on,
    starts_at,
    ends_at,
    case when is_as_known_then then least($5::timestamptz, ends_at) else $5::timestamptz end as known_by
  from local_period
)`

/** The same parameters for statements over rollups a day, which need no instants: $5 and $6 are there, and left alone. */
export const DAY_PERIOD_CTE = `period as (
  select span.period_no, span.from_on, span.to_on
  from unnest($2::date[], $3::date[], $4::boolean[]) with ordinality
    as span (from_on, to_on, is_as_known_then, period_no)
  where $5::timestamptz is not null and $6::text is not null
)`

/** Contributions of people, as known by the period's time: not yet taken back then, no bots, nothing quarantined. `c` is contribution, `p` is period. */
export const IS_VISIBLE = `c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined`
