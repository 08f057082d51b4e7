import type { ClientBase, Pool } from 'pg'
import type { CasePart } from '../../../shared/case-parts.ts'
import type { CASE_KINDS } from '../../../shared/contract/case-set.ts'
import { metrics } from '../catalogue.ts'
import { leavesChatsOut } from '../inferred-threads.ts'
import type { MeasureContext, ThreadBasis } from '../metric.ts'
import { PERIOD_CTE } from '../reading.ts'
import { type CaseList, type CaseSet, resolveCases } from './case-list.ts'
import { casesWithoutChats } from './cases-without-chats.ts'
import { type CasePeriod, periodParameters } from './read-cases.ts'

type Kind = (typeof CASE_KINDS)[number]

/** A list of cases as a reader may open it: of a metric, its category, and one part of it; its amounts add up to `equals` of the point. */
export type ListedSet = {
  metric: string
  category: string | null
  part: CasePart | null
  equals: 'value' | 'n' | CasePart
  set: CaseSet
}

/** Every list of cases of some kinds that a community's numbers have. */
export const listSets = (context: Pick<MeasureContext, 'canTell'>, basis: ThreadBasis, kinds: readonly Kind[]): ListedSet[] =>
  metrics.flatMap((metric) =>
    (metric.categories ?? [null]).flatMap((category): ListedSet[] => {
      const all = resolveCases(metric.cases, { category, context })
      const cases = leavesChatsOut(metric, basis) ? casesWithoutChats(all) : all
      if ('none' in cases) return []
      const own = { metric: metric.id, category }
      const sets: ListedSet[] =
        'set' in cases
          ? [{ ...own, part: null, equals: cases.equals, set: cases.set }]
          : (['numerator', 'denominator'] as const).map((part) => ({ ...own, part, equals: part, set: cases[part] }))
      return sets.filter(({ set }) => kinds.includes(set.list.kind))
    }),
  )

/** A case by its keys, or, without any, by the event whose place it has. */
export type CaseTarget = { eventKey: string | null; keys: string[] }

/** The lists among `sets` whose rows of one period hold the case, and what it adds to each. */
export const findLists = async (
  db: Pool | ClientBase,
  sets: readonly ListedSet[],
  target: CaseTarget,
  period: CasePeriod,
): Promise<{ listed: ListedSet; amount: number }[]> => {
  const byList = [...Map.groupBy(sets, ({ set }) => set.list)]
  const found = await Promise.all(byList.map(([list, its]) => findInList(db, list, its, target, period)))
  const amounts = new Map(found.flat().map(({ listed, amount }) => [listed, amount]))
  return sets.flatMap((listed) => {
    const amount = amounts.get(listed)
    return amount === undefined ? [] : [{ listed, amount }]
  })
}

/** One statement a list: the conditions of all its sets are asked of the rows of the case alone. */
const findInList = async (db: Pool | ClientBase, list: CaseList, sets: readonly ListedSet[], target: CaseTarget, period: CasePeriod) => {
  const asked = sets.map(
    ({ set }, i) => `coalesce((${set.where ?? 'true'}), false) as is_in_${i}, (${set.amount?.sql ?? '1'})::float8 as amount_${i}`,
  )
  // by the event alone where that will do: its index finds it whatever the length of the list
  const isIt = target.eventKey !== null && target.keys.length === 0 ? 'l.place_key = $7::uuid' : 'l.key = any($8::text[])'
  const { rows } = await db.query<Record<string, unknown>>(
    `with ${PERIOD_CTE},
${list.ctes === undefined ? '' : `${list.ctes},\n`}listed as (
  ${list.sql}
)
select ${asked.join(', ')}
from listed l
where ${isIt}
  and ($7::uuid is null) is not null
  and $8::text[] is not null
  and $1::uuid is not null and $5::timestamptz is not null and $6::text is not null`,
    [...periodParameters(period), target.eventKey, target.keys],
  )
  return sets.flatMap((listed, i) => {
    const its = rows.filter((row) => row[`is_in_${i}`] === true)
    return its.length === 0 ? [] : [{ listed, amount: its.reduce((sum, row) => sum + (row[`amount_${i}`] as number), 0) }]
  })
}
