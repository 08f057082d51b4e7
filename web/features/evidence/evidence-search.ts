import { CASE_PARTS, type CasePart } from '../../../shared/case-parts.ts'
import { VERDICT_VIEWS, type VerdictView } from '../../../shared/verdict-views.ts'

/** The tables of the page, each with the column it is sorted by. */
export const EVIDENCE_TABLES = ['people', 'threads', 'words', 'left_out'] as const
export type EvidenceTable = (typeof EVIDENCE_TABLES)[number]

/** The whole state of the page, as its address holds it: of which verdict, and of which of its tests. */
export type EvidenceSearch = {
  /** A day; absent for the latest verdict. */
  at?: string
  /** Absent for as found. */
  view?: VerdictView
  rule?: string
  metric?: string
  alternative?: number
  part?: CasePart
  /** Where the page of cases begins, as the page before said, and the number of its first case. */
  after?: string
  first?: number
} & Partial<Record<EvidenceTable, string>>

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9:+-]{0,79}$/.test(value) ? value : undefined
const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
const sort = (value: unknown): string | undefined => (typeof value === 'string' && /^[a-z_]{1,40}(-up)?$/.test(value) ? value : undefined)

/** Reads the address; what it cannot understand is as if it were not there. */
export const readEvidenceSearch = (search: Record<string, unknown>): EvidenceSearch => {
  const [rule, metric] = [word(search.rule), word(search.metric)]
  const hasTest = rule !== undefined && metric !== undefined
  const after = hasTest && typeof search.after === 'string' && search.after !== '' ? search.after : undefined
  const [alternative, first] = [Number(search.alternative ?? Number.NaN), Number(search.first)]
  const view = VERDICT_VIEWS.find((one) => one === search.view && one !== 'as_found')
  const read = {
    at: day(search.at),
    view,
    rule: hasTest ? rule : undefined,
    metric: hasTest ? metric : undefined,
    alternative: hasTest && Number.isInteger(alternative) && alternative >= 0 && alternative < 100 ? alternative : undefined,
    part: hasTest ? CASE_PARTS.find((one) => one === search.part) : undefined,
    after,
    first: after !== undefined && Number.isInteger(first) && first > 1 ? first : undefined,
    ...Object.fromEntries(EVIDENCE_TABLES.map((table) => [table, sort(search[table])])),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** Which column, and whether the smallest comes first. */
export const readSort = (text: string | undefined, usual: string): { by: string; isUp: boolean } => ({
  by: (text ?? usual).replace(/-up$/, ''),
  isUp: (text ?? usual).endsWith('-up'),
})
