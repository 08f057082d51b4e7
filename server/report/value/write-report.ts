import { MAX_ASK_LENGTH } from '../../../shared/contract/report-settings.ts'
import { REPORT_FORMAT, type ReportContent } from '../../../shared/contract/value-report.ts'
import { formatPeriod, startSentence } from '../../../shared/format.ts'
import { addDays, daysOfPeriod } from '../../../shared/period.ts'
import { NOTES, noteOnVerdict, numberNotes } from './footnotes.ts'
import { plainLine, plainLines, shorten } from './plain-words.ts'
import type { ReportMaterial } from './report-material.ts'
import { writeBenefits } from './write-benefits.ts'
import { writeCaveats } from './write-caveats.ts'
import { writeGrowth } from './write-growth.ts'
import { writeOpening } from './write-opening.ts'
import { writePays } from './write-pays.ts'
import { writeStories } from './write-stories.ts'

/** The whole report from what it is made of. Pure: the same material gives the same words, years later too. */
export const writeReport = (material: ReportMaterial): ReportContent => {
  const { community, month, whole_until, cost_and_claims: costs, words } = material
  const { from_on, to_on } = daysOfPeriod(month, 'month')
  const pays = writePays(material)
  const ofCosts = (note: string | null) => (note === null ? null : `costs ${note}`)
  const content: ReportContent = {
    format: REPORT_FORMAT,
    community: { ...community, name: plainLine(community.name) || community.slug },
    month,
    title: startSentence(formatPeriod(month)),
    days: { from: from_on, to: addDays(to_on, -1) },
    known_by: material.known_by,
    is_month_whole: whole_until !== null && to_on <= whole_until,
    rules_version: material.rules_version,
    caveats: writeCaveats(material),
    opening: writeOpening(material),
    benefits: writeBenefits(material),
    pays: {
      ...pays,
      break_even: { ...pays.break_even, figures: pays.break_even.figures.map((figure) => ({ ...figure, note: ofCosts(figure.note) })) },
      claims: { ...pays.claims, note: ofCosts(pays.claims.note) },
    },
    growth: writeGrowth(material),
    ...writeStories(material),
    ask: writeAsk(words.ask),
    footnotes: [],
  }
  const texts = new Map<string, string>([
    ...Object.entries(NOTES),
    ['verdict', noteOnVerdict(material)],
    ...costs.footnotes.map(({ mark, text }) => [`costs ${mark}`, text] as const),
  ])
  return numberNotes(content, texts)
}

const writeAsk = (ask: ReportMaterial['words']['ask']): ReportContent['ask'] => {
  const text = shorten(plainLines(ask?.text ?? ''), MAX_ASK_LENGTH).text
  return text === '' ? null : { text, by: plainLine(ask?.by ?? '') || null }
}
