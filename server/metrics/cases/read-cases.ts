import type { ClientBase, Pool } from 'pg'
import { PERIOD_CTE } from '../reading.ts'
import type { CaseSet } from './case-list.ts'

export type CasePeriod = {
  communityId: string
  /** IANA name; it decides where a day begins. */
  timeZone: string
  knownBy: Date
  /** Local days, `to_on` exclusive. */
  from_on: string
  to_on: string
  /** Only what was known at the end of the period; false when left out. The list has to ask for it. */
  is_as_known_then?: boolean
}

/** The place after which a page begins: the order and key of the last case of the page before. */
export type CaseMark = { sort: string; key: string }

export type CaseRow = {
  key: string
  sort: string
  amount: number
  in_numerator: boolean | null
  place_key: string | null
  url: string | null
} & Record<string, unknown>

/** What the cases of a set amount to, on all pages together. */
export type CaseSums = {
  count: number
  total: number
  /** Distinct people named in all cases; in those that count in the numerator and in those that do not, where `numerator` was given. */
  people_count: number
  numerator_people_count: number
  other_people_count: number
}

/** The parameters of PERIOD_CTE for one period. */
export const periodParameters = (period: CasePeriod): unknown[] => [
  period.communityId,
  [period.from_on],
  [period.to_on],
  [period.is_as_known_then ?? false],
  period.knownBy,
  period.timeZone,
]

/** The rows of a set, with `amount`, the order and whether each is in the numerator too. */
const listed = (set: CaseSet, numerator: CaseSet | null): string => `with ${PERIOD_CTE},
${set.list.ctes === undefined ? '' : `${set.list.ctes},\n`}listed as (
  ${set.list.sql}
),
counted as (
  select
    l.*,
    (${set.amount?.sql ?? '1'})::float8 as amount,
    (${set.sort ?? 'sort'})::numeric as place_in_order,
    ${numerator === null ? 'null::boolean' : `coalesce(${numerator.where ?? 'true'}, false)`} as in_numerator
  from listed l
  where ${set.where ?? 'true'}
)`

/** Adds up all cases of a set in a period. */
export const sumCases = async (db: Pool | ClientBase, set: CaseSet, numerator: CaseSet | null, period: CasePeriod): Promise<CaseSums> => {
  const people = set.list.columns.filter((column) => column.format === 'person').map((column) => column.id)
  const { rows } = await db.query<CaseSums>(
    `${listed(set, numerator)},
named as (
  select who, bool_or(in_numerator) as is_in, bool_or(not in_numerator) as is_out
  from counted
  cross join lateral unnest(array[${people.join(', ')}]::uuid[]) as who
  where who is not null
  group by who
)
select
  (select count(*)::int from counted) as count,
  (select coalesce(sum(amount), 0)::float8 from counted) as total,
  (select count(*)::int from named) as people_count,
  (select count(*)::int from named where is_in) as numerator_people_count,
  (select count(*)::int from named where is_out) as other_people_count
from period
where $5::timestamptz is not null and $6::text is not null`,
    periodParameters(period),
  )
  return rows[0] as CaseSums
}

/** How many cases a set has and what they add up to, without looking at who is in them. */
export const countCases = async (db: Pool | ClientBase, set: CaseSet, period: CasePeriod): Promise<Pick<CaseSums, 'count' | 'total'>> => {
  const { rows } = await db.query<Pick<CaseSums, 'count' | 'total'>>(
    `${listed(set, null)}
select count(*)::int as count, coalesce(sum(amount), 0)::float8 as total
from counted
where $1::uuid is not null and $5::timestamptz is not null and $6::text is not null`,
    periodParameters(period),
  )
  return rows[0] as CaseSums
}

/** One page of the cases of a set, in falling order and then by key; `in_numerator` is null unless the numerator is of the same list. */
export const readCasePage = async (
  db: Pool | ClientBase,
  set: CaseSet,
  numerator: CaseSet | null,
  period: CasePeriod,
  { limit, after, key }: { limit: number; after: CaseMark | null /** This case alone. */; key?: string },
): Promise<CaseRow[]> => {
  const late = (set.list.late?.columns ?? []).map((column) => `${column.sql} as ${column.id}, `).join('')
  // by the column that has the index, where there is one: then a page costs no more than what is on it
  const time = set.sort === undefined ? set.list.time : undefined
  const order = time ?? 'place_in_order'
  const mark = time === undefined ? '$7::numeric' : 'to_timestamp($7::float8)'
  const isAfter =
    after === null ? '$7::text is null and $8::text is null' : `${order} <= ${mark} and (${order} < ${mark} or key collate "C" > $8::text)`
  const { rows } = await db.query<CaseRow>(
    `${listed(set, numerator)},
page as (
  select *
  from counted
  where ${key === undefined ? isAfter : `${isAfter} and key = $10`}
  order by ${order} desc, key collate "C"
  limit $9
)
select page.*, page.place_in_order::text as sort, ${late}e.source, e.source_event_id, coalesce(page.url, e.url) as url
from page
${set.list.late?.joins ?? ''}
left join event e on e.community_id = $1 and e.event_key = page.place_key
order by page.place_in_order desc, page.key collate "C"`,
    [...periodParameters(period), after?.sort ?? null, after?.key ?? null, limit, ...(key === undefined ? [] : [key])],
  )
  return rows
}

/** The numerator where both sides are rows of one list, so that each case of the denominator can say whether it counts in it. */
export const numeratorWithin = (numerator: CaseSet, denominator: CaseSet): CaseSet | null =>
  numerator.list === denominator.list ? numerator : null
