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
  sql: string
  /** The row of a period in which nothing happened. */
  empty: Row
}

/** A span of local days to read, and whether only what was known at its end may be used (verdict) or all that is known by now (series). */
export type ReadPeriod = { from_on: string; to_on: string; is_as_known_then: boolean }

/**
 * $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] ·
 * $5 known_by timestamptz · $6 time zone. Local midnights become instants here and nowhere else.
 */
export const PERIOD_CTE = `period as (
  select
    span.period_no,
    span.from_on,
    span.to_on,
    span.from_on::timestamp at time zone $6::text as starts_at,
    span.to_on::timestamp at time zone $6::text as ends_at,
    case
      when span.is_as_known_then then least($5::timestamptz, span.to_on::timestamp at time zone $6::text)
      else $5::timestamptz
    end as known_by
  from unnest($2::date[], $3::date[], $4::boolean[]) with ordinality
    as span (from_on, to_on, is_as_known_then, period_no)
)`

/** Contributions of people, as known by the period's time: not yet taken back then, no bots, nothing quarantined. `c` is contribution, `p` is period. */
export const IS_VISIBLE = `c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined`
