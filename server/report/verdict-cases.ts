import type { Pool } from 'pg'
import type { CasePart } from '../../shared/case-parts.ts'
import type { VerdictCases } from '../../shared/contract/verdict-evidence.ts'
import type { RuleOutcome, RuleTest } from '../../shared/contract/verdict.ts'
import type { CaseSet, NumberCases } from '../metrics/cases/case-list.ts'
import { describeSet } from '../metrics/cases/describe-cases.ts'
import { countCases, numeratorWithin, readCasePage, sumCases } from '../metrics/cases/read-cases.ts'
import { HIDDEN_GROUP, isSmallGroup, NoCases, readMark, toCase } from './cases.ts'
import { type JudgedWindow, periodOf } from './judged-window.ts'
import { NO_TOPS, type Tops } from './verdict-people.ts'
import { casesOfTest, needsTops } from './verdict-test-cases.ts'

export type VerdictCasesQuery = {
  rule: string
  metric: string
  /** Which of several tests of one metric; the first when left out. */
  alternative?: number | undefined
  part?: CasePart | undefined
  limit: number
  after?: string | undefined
}

/**
 * The contributions, questions, people or days that one test of a verdict counts, as known at the end of its window: their
 * amounts add up to the test's own number. `isSponsor` hides who is in a small group. Throws NoCases where there is no such
 * test or side, and BadRange for a page mark that is none. `readTops` and `count` may remember: they are asked the
 * same for every page.
 */
export const buildVerdictCases = async (
  pool: Pool,
  window: JudgedWindow,
  readTops: () => Promise<Tops>,
  query: VerdictCasesQuery,
  { isSponsor, count = countCases }: { isSponsor: boolean; count?: typeof countCases },
): Promise<VerdictCases> => {
  const after = query.after === undefined ? null : readMark(query.after)
  const { rule, test } = findTest(window.verdict.rules, query)
  const resolved = casesOfTest(test, needsTops(test.metric) ? await readTops() : NO_TOPS, window.view)
  const answer: VerdictCases = {
    at: window.verdict.at,
    view: window.view,
    window: window.verdict.window,
    known_by: window.known_by.toISOString(),
    time_zone: window.community.time_zone,
    rule: { id: rule.id, title: rule.title, verdict: rule.verdict },
    test,
    part: null,
    equals: 'observed',
    none: null,
    numerator: null,
    denominator: null,
    shown: null,
    columns: [],
    total: null,
    count: 0,
    cases: [],
    next: null,
    hidden: null,
  }
  if ('none' in resolved) return { ...answer, none: resolved.none }
  const { shown, part, numerator, denominator } = chooseSide(resolved, test, query.part)
  const period = periodOf(window)
  const within = numerator && denominator && numeratorWithin(numerator, denominator)
  const marked = shown === denominator ? within : null
  const sums = await count(pool, shown, period)
  // the people of a numerator beside those it leaves out: a list of one side gives away the other
  const [group, groupWithin] = within && denominator ? [denominator, within] : [shown, null]
  const isHidden = isSponsor && isSmallGroup(await sumCases(pool, group, groupWithin, period))
  // whose thread it is, is told nobody who may not see everyone
  const late = (shown.list.late?.columns ?? [])
    .filter((column) => !isSponsor || column.format !== 'person')
    .map(({ sql: _, ...column }) => column)
  const columns = [...shown.list.columns, ...late]
  const found: VerdictCases = {
    ...answer,
    part,
    equals: part ?? 'observed',
    numerator: numerator && describeSet(numerator),
    denominator: denominator && describeSet(denominator),
    shown: describeSet(shown),
    columns,
    total: sums.total,
    count: sums.count,
  }
  if (isHidden && shown.list.kind === 'people') return { ...found, hidden: HIDDEN_GROUP }
  const rows = await readCasePage(pool, shown, marked, period, { limit: query.limit + 1, after })
  const last = rows.at(query.limit - 1)
  return {
    ...found,
    cases: rows.slice(0, query.limit).map((row) => toCase(row, columns, window.community.community_id, isHidden)),
    next: rows.length > query.limit && last ? `${last.sort}_${last.key}` : null,
    hidden: isHidden ? HIDDEN_GROUP : null,
  }
}

const findTest = (rules: readonly RuleOutcome[], query: VerdictCasesQuery): { rule: RuleOutcome; test: RuleTest } => {
  const rule = rules.find((one) => one.id === query.rule)
  if (rule === undefined) throw new NoCases(`There is no rule "${query.rule}"; the rules are ${rules.map((one) => one.id).join(', ')}.`)
  const ofMetric = rule.tests.filter((one) => one.metric === query.metric)
  const test = query.alternative === undefined ? ofMetric[0] : ofMetric.find((one) => one.alternative === query.alternative)
  if (test !== undefined) return { rule, test }
  const tests = [...new Set(rule.tests.map((one) => one.metric))]
  if (ofMetric.length > 0)
    throw new NoCases(
      `The rule ${rule.id} tests ${query.metric} in alternative ${ofMetric.map((one) => one.alternative).join(' and ')} only.`,
    )
  throw new NoCases(
    tests.length === 0
      ? `The rule ${rule.id} has no tests: it holds where no other does.`
      : `The rule ${rule.id} has no test of "${query.metric}" here; it tests ${tests.join(', ')}.`,
  )
}

const chooseSide = (
  resolved: Exclude<NumberCases, { none: string }>,
  test: RuleTest,
  part: CasePart | undefined,
): { shown: CaseSet; part: CasePart | null; numerator: CaseSet | null; denominator: CaseSet | null } => {
  if ('set' in resolved) {
    if (part !== undefined) throw new NoCases(`The test of ${test.metric} is no fraction; leave \`part\` out.`)
    return { shown: resolved.set, part: null, numerator: null, denominator: null }
  }
  const side = part ?? 'numerator'
  return { shown: resolved[side], part: side, ...resolved }
}
