import type { ReportContent, ReportFigure } from '../../../shared/contract/value-report.ts'
import { countOf } from '../../../shared/format.ts'
import { quoteName } from '../../../shared/quote-name.ts'

type Read = { value: string | null; reason: string | null }

/** A value as it was read; what was not measured says so. */
const say = ({ value, reason }: Read): string => value ?? `not measured (${(reason ?? 'no reason given').replace(/\.$/, '')})`

const figureChanges = (before: readonly ReportFigure[], after: readonly ReportFigure[]): string[] => {
  const old = new Map(before.map((figure) => [figure.id, figure]))
  const kept = new Set(after.map(({ id }) => id))
  return [
    ...after.flatMap((figure) => {
      const was = old.get(figure.id)
      if (was === undefined) return [`${figure.label}: ${say(figure)}, which was not in the report`]
      return say(was) === say(figure) ? [] : [`${figure.label}: ${say(figure)} instead of ${say(was)}`]
    }),
    ...before.filter(({ id }) => !kept.has(id)).map((figure) => `${figure.label}: no longer in the report, was ${say(figure)}`),
  ]
}

const sentenceChanges = (where: string, before: string | null, after: string | null): string[] => {
  if (before === after) return []
  if (!before) return [`${where}: now says “${after}”`]
  return [after ? `${where}: now says “${after}” instead of “${before}”` : `${where}: no longer says “${before}”`]
}

const listChanges = (where: string, before: readonly string[], after: readonly string[]): string[] => [
  ...after.filter((text) => !before.includes(text)).map((text) => `${where}: now says “${text}”`),
  ...before.filter((text) => !after.includes(text)).map((text) => `${where}: no longer says “${text}”`),
]

const benefitChanges = (before: ReportContent, after: ReportContent): string[] =>
  after.benefits.flatMap((benefit) => {
    const was = before.benefits.find(({ id }) => id === benefit.id)
    const said = (list: { label: string; reason: string }[]) => list.map(({ label, reason }) => `${label}: ${reason}`)
    return [
      ...sentenceChanges(benefit.title, was?.sentence ?? null, benefit.sentence),
      ...figureChanges(was?.measured ?? [], benefit.measured),
      ...figureChanges(was?.confirmed ?? [], benefit.confirmed),
      ...listChanges(`${benefit.title}, not measured`, said(was?.unmeasured ?? []), said(benefit.unmeasured)),
    ]
  })

const MONEY = 'Break-even'
/** Whether a change tells what the community costs, which is not for everybody. */
export const isAboutMoney = (change: string): boolean => change.startsWith(`${MONEY}:`)

const paysChanges = ({ pays: before }: ReportContent, { pays: after }: ReportContent): string[] => [
  ...sentenceChanges('Pays its way', before.sentence, after.sentence),
  ...figureChanges([before.benefited], [after.benefited]),
  ...sentenceChanges('Whether those stay who were helped', before.retention.sentence, after.retention.sentence),
  ...figureChanges(before.retention.figures, after.retention.figures),
  ...sentenceChanges(MONEY, before.break_even.sentence, after.break_even.sentence),
  ...figureChanges(before.break_even.figures, after.break_even.figures).map((change) => `${MONEY}: ${change}`),
  ...sentenceChanges('What members claimed', before.claims.sentence, after.claims.sentence),
  ...listChanges('What members claimed', before.claims.outliers, after.claims.outliers),
]

/** The numbers alone: what was stored comes back with its names in another order. */
const drawn = (trend: ReportContent['growth']['trend']): string =>
  JSON.stringify(trend.map(({ month, joined, left, members, is_step }) => [month, joined, left, members, is_step]))

const growthChanges = ({ growth: before }: ReportContent, { growth: after }: ReportContent): string[] => [
  ...sentenceChanges('Growth', before.sentence, after.sentence),
  ...after.rows.flatMap((row) => {
    const was = before.rows.find(({ id }) => id === row.id)
    if (was === undefined) return [`${row.label}: now in the table of growth`]
    return row.cells.flatMap((cell, i) => {
      const old = was.cells[i] as Read
      return say(old) === say(cell) ? [] : [`${row.label}, ${after.columns[i]}: ${say(cell)} instead of ${say(old)}`]
    })
  }),
  ...before.rows
    .filter(({ id }) => !after.rows.some((row) => row.id === id))
    .map(({ label }) => `${label}: no longer in the table of growth`),
  ...(drawn(before.trend) === drawn(after.trend) ? [] : ['The chart of growth is drawn from other numbers']),
]

/** What a story said is not repeated here: its teller may take it back, and this stays. */
const storyChanges = ({ stories: before }: ReportContent, { stories: after }: ReportContent): string[] => {
  const added = after.filter(({ key }) => !before.some((story) => story.key === key)).length
  const removed = before.filter(({ key }) => !after.some((story) => story.key === key)).length
  const changed = after.filter((story) =>
    before.some(({ key, text, by }) => key === story.key && (text !== story.text || by !== story.by)),
  ).length
  return [
    ...(added ? [`${countOf(added, 'story', 'stories')} added`] : []),
    ...(removed ? [`${countOf(removed, 'story', 'stories')} taken out`] : []),
    ...(changed ? [`${countOf(changed, 'story', 'stories')} shown otherwise, as the teller wishes`] : []),
  ]
}

/** Notes follow from the figures they explain: that they changed is said, their long words are not repeated. */
const noteChanges = ({ footnotes: before }: ReportContent, { footnotes: after }: ReportContent): string[] => {
  const lacking = (some: typeof before, others: typeof before) => some.filter(({ text }) => !others.some((one) => one.text === text)).length
  const [added, removed] = [lacking(after, before), lacking(before, after)]
  const reworded = Math.min(added, removed)
  return [
    ...(added > reworded ? [`${countOf(added - reworded, 'note')} added`] : []),
    ...(removed > reworded ? [`${countOf(removed - reworded, 'note')} taken out`] : []),
    ...(reworded ? [`${countOf(reworded, 'note')} worded otherwise`] : []),
  ]
}

/**
 * What a reader of one report finds otherwise in the other of the same month, each difference in words: figures, sentences, what the
 * manager asks. Nothing where they read the same.
 */
export const compareReports = (before: ReportContent, after: ReportContent): string[] => {
  const changes = [
    ...(before.community.name === after.community.name
      ? []
      : [`The community is called ${quoteName(after.community.name)} instead of ${quoteName(before.community.name)}`]),
    ...(before.community.time_zone === after.community.time_zone
      ? []
      : [`Days begin and end by ${after.community.time_zone} time instead of ${before.community.time_zone}`]),
    ...sentenceChanges('The verdict', before.opening.headline, after.opening.headline),
    ...listChanges('The opening', before.opening.sentences, after.opening.sentences),
    ...listChanges('Before reading on', before.caveats, after.caveats),
    ...benefitChanges(before, after),
    ...paysChanges(before, after),
    ...growthChanges(before, after),
    ...storyChanges(before, after),
    ...(before.ask?.text === after.ask?.text ? [] : [askChange(before.ask?.text, after.ask?.text)]),
    ...noteChanges(before, after),
  ]
  return [...new Set(changes)]
}

const askChange = (before: string | undefined, after: string | undefined): string =>
  after === undefined
    ? 'What the manager asks is taken out'
    : `What the manager asks is ${before === undefined ? 'added' : 'worded otherwise'}`
