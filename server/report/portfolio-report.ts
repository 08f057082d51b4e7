import type { Pool } from 'pg'
import { z } from 'zod'
import type { Role } from '../../shared/contract/access.ts'
import { PORTFOLIO_GROUPS, type PortfolioEntry, type PortfolioGroup, type PortfolioReport } from '../../shared/contract/portfolio-report.ts'
import type { ReportContent, ReportFigure } from '../../shared/contract/value-report.ts'
import { formatMoney } from '../../shared/currencies.ts'
import { formatCount, formatDay, formatPeriod, joinWords, sayCountOf, startSentence } from '../../shared/format.ts'
import { spanLabel, addDays } from '../../shared/period.ts'
import { listReportedMonths, type PortfolioRow, readPortfolioRows } from '../store/portfolio-reports.ts'
import { hideMoneyOfContent, mayReadMoney } from './value/hide-money.ts'
import { runningMonth } from './value/report-calendar.ts'

/** A community somebody may see, and as what. */
export type SeenCommunity = { community_id: string; role: Role }

export const GROUP_TITLES: Record<PortfolioGroup, string> = {
  asks: 'Something is asked of you',
  declining: 'In decline',
  drifting: 'Not what it was meant to be',
  others: 'The others',
}
const ORDER =
  'First come communities whose managers ask you for something, then those in decline, then those that are not what they were meant to be, then the others; each stands once, by name. It is no ranking.'

/** What is read of the inputs of a report; those of other versions may lack it. */
const inputsSchema = z.object({
  verdict: z
    .object({ intention: z.object({ state: z.string() }).nullish() })
    .nullish()
    .catch(null),
  cost_and_claims: z
    .object({
      inputs: z.object({
        counted: z.object({ from_on: z.string(), to_on: z.string() }).nullable(),
        cost: z.object({ stretches: z.array(z.object({ currency: z.string(), amount: z.number() })) }),
      }),
    })
    .nullish()
    .catch(null),
})
type Inputs = z.infer<typeof inputsSchema>

type Made = {
  row: PortfolioRow
  entry: PortfolioEntry
  answered: ReportFigure | null
  cost: { amount: number; currency: string; days: string } | null
}

const toLine = ({ id, label, value, reason, when }: ReportFigure): PortfolioEntry['lines'][number] => ({ id, label, value, reason, when })

type Row = ReportContent['growth']['rows'][number] | null

/** 60 (+4): members at the end of the month, and how many more or fewer than at its beginning. */
const joinMembers = (members: Row, net: Row): PortfolioEntry['lines'] => {
  if (members === null) return []
  const [{ value, reason }] = members.cells
  const change = net?.cells[0].value ?? null
  const hasChange = value !== null && change !== null
  return [
    {
      id: 'members',
      label: hasChange ? `${members.label}, and change in the month` : members.label,
      value: hasChange ? `${value} (${change})` : value,
      reason: value === null ? reason : null,
      when: null,
    },
  ]
}

const readMade = (row: PortfolioRow, role: Role): Made | null => {
  if (row.content === null || row.revision === null || row.made_at === null) return null
  const content = mayReadMoney(role) ? row.content : hideMoneyOfContent(row.content)
  const inputs: Inputs = inputsSchema.catch({}).parse(row.inputs ?? {})
  const { pays, growth, benefits } = content
  const answered = benefits.find(({ id }) => id === 'help')?.measured.find(({ metric }) => metric === 'answered-share') ?? null
  const rowOf = (id: 'members' | 'net') => growth.rows.find((row) => row.id === id) ?? null
  const costFigure = pays.break_even.figures.find(({ id }) => id === 'cost')
  const counted = inputs.cost_and_claims?.inputs.counted ?? null
  const stretches = inputs.cost_and_claims?.inputs.cost.stretches ?? []
  return {
    row,
    answered,
    cost:
      mayReadMoney(role) && counted !== null && stretches.length === 1 && stretches[0] !== undefined
        ? { ...stretches[0], days: spanLabel(counted.from_on, addDays(counted.to_on, -1)) }
        : null,
    entry: {
      slug: row.slug,
      name: content.community.name,
      is_demo: row.is_demo,
      revision: row.revision,
      made_at: row.made_at.toISOString(),
      headline: content.opening.headline,
      verdict: content.opening.verdict,
      trajectory: content.opening.trajectory,
      is_drifting: inputs.verdict?.intention?.state === 'drifting',
      lines: [
        ...joinMembers(rowOf('members'), rowOf('net')),
        ...(answered === null ? [] : [toLine(answered)]),
        toLine(pays.benefited),
        costFigure === undefined
          ? { id: 'cost', label: 'What it cost', value: null, reason: pays.break_even.sentence, when: null }
          : toLine(costFigure),
        ...pays.break_even.figures.filter(({ id }) => id === 'break-even').map(toLine),
      ],
      ask: content.ask,
      // what is made up is marked as such, and need not say how
      caveats: content.caveats.filter((caveat) => content.community.demo_note === null || !caveat.includes(content.community.demo_note)),
    },
  }
}

const groupOf = ({ ask, trajectory, is_drifting }: PortfolioEntry): PortfolioGroup =>
  ask !== null ? 'asks' : trajectory === 'declining' ? 'declining' : is_drifting ? 'drifting' : 'others'

/** Why there is no report of a month. */
const sayMissing = ({ time_zone, first_event_on, known_on, skipped_reason }: PortfolioRow, month: string, now: Date): string => {
  if (skipped_reason !== null) return skipped_reason
  const running = runningMonth(now, time_zone)
  if (month > running) return `${formatPeriod(month)} has not begun there.`
  if (month === running) return `${formatPeriod(month)} is not over there; the report is made on the first of the next month.`
  if (first_event_on === null) return 'No data have come yet.'
  if (first_event_on.slice(0, 7) > month) return `Its data begin in ${formatPeriod(first_event_on.slice(0, 7))}.`
  if (known_on !== null && known_on.slice(0, 7) < month) return `Its data end on ${formatDay(known_on)}.`
  return 'None has been made.'
}

const sayTotals = (made: readonly Made[]): string[] => {
  const totals: string[] = []
  const shares = made.flatMap(({ answered }) =>
    answered !== null && answered.numerator !== null && answered.denominator !== null ? [answered] : [],
  )
  const [share] = shares
  if (share !== undefined && shares.length > 1 && shares.every(({ period }) => period === share.period)) {
    const sum = (key: 'numerator' | 'denominator') => shares.reduce((total, one) => total + (one[key] ?? 0), 0)
    totals.push(
      `Together ${formatCount(sum('numerator'))} of ${formatCount(sum('denominator'))} questions were answered in time${share.when === null ? '' : ` ${share.when}`}, in the ${sayCountOf(shares.length, 'community', 'communities')} that can tell.`,
    )
  }
  const costs = made.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  const [cost] = costs
  if (cost !== undefined && costs.length > 1)
    totals.push(
      costs.every(({ currency, days }) => currency === cost.currency && days === cost.days)
        ? `The ${sayCountOf(costs.length, 'community', 'communities')} whose cost is known cost ${formatMoney(
            costs.reduce((total, { amount }) => total + amount, 0),
            cost.currency,
          )} together, from ${formatPeriod(cost.days)}.`
        : 'Costs are not added up: they are in different currencies, or count over different days.',
    )
  if (made.length > 1) totals.push('Members are never added up: one person may be in several communities.')
  return totals
}

const saySummary = (made: readonly Made[], missing: number, month: string): string => {
  if (made.length === 0) return `None of the communities you may see has a report of ${formatPeriod(month)}.`
  const count = (holds: (entry: PortfolioEntry) => boolean) => made.filter(({ entry }) => holds(entry)).length
  const asks = count(({ ask }) => ask !== null)
  const declining = count(({ trajectory }) => trajectory === 'declining')
  const drifting = count(({ is_drifting }) => is_drifting)
  const said = [
    ...(asks > 0 ? [`${sayCountOf(asks, 'manager asks', 'managers ask')} something of you`] : []),
    ...(declining > 0 ? [`${sayCountOf(declining, 'community is', 'communities are')} in decline`] : []),
    ...(drifting > 0 ? [`${sayCountOf(drifting, 'community is not what it was', 'communities are not what they were')} meant to be`] : []),
  ]
  const what = said.length === 0 ? 'Nothing in the reports asks for your decision' : startSentence(joinWords(said))
  const without = missing === 0 ? '' : ` ${startSentence(sayCountOf(missing, 'other has', 'others have'))} no report of the month.`
  return `${startSentence(sayCountOf(made.length, 'community', 'communities'))} reported on ${formatPeriod(month)}. ${what}.${without}`
}

/**
 * The frozen reports of a month of the communities somebody may see, side by side. Nothing is counted anew, so it agrees with each of
 * them. A month of which none has a report gives an empty one, with the reasons.
 */
export const buildPortfolioReport = async (
  pool: Pool,
  seen: readonly SeenCommunity[],
  month: string,
  now: Date,
): Promise<PortfolioReport> => {
  const ids = seen.map(({ community_id }) => community_id)
  const roles = new Map(seen.map(({ community_id, role }) => [community_id, role]))
  const [rows, months] = await Promise.all([readPortfolioRows(pool, ids, month), listReportedMonths(pool, ids)])
  const made = rows.flatMap((row) => readMade(row, roles.get(row.community_id) ?? 'viewer') ?? [])
  const missing = rows.filter(({ content }) => content === null)
  return {
    month,
    title: formatPeriod(month),
    sentence: saySummary(made, missing.length, month),
    groups: PORTFOLIO_GROUPS.map((id) => ({
      id,
      title: GROUP_TITLES[id],
      entries: made.map(({ entry }) => entry).filter((entry) => groupOf(entry) === id),
    })).filter(({ entries }) => entries.length > 0),
    totals: sayTotals(made),
    missing: missing.map((row) => ({ slug: row.slug, name: row.name, reason: sayMissing(row, month, now) })),
    order: ORDER,
    months,
  }
}
