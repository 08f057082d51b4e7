/** The pieces that a mail is laid out of. The text part and the HTML both lay out these, so that they say the same. */
import type { WeekChart } from './week-chart.ts'

/** Exactly one of `value` and `reason` is there. */
export type FigureRow = { label: string; when: string | null; value: string | null; reason: string | null; mark: string | null }
type GrowthCell = { value: string | null; reason: string | null }
export type GrowthRow = { label: string; mark: string | null; cells: GrowthCell[] }
export type TrendRow = { label: string; joined: number | null; left: number | null }
/** What it is now beside what is usual. */
export type ComparedRow = { label: string; now: string; usual: string; change: string }
/** `address` null: there is no place to look at. */
export type Step = { text: string; address: string | null }

/** Every text in them is one line that cannot reorder what stands around it. */
export type Block =
  | { kind: 'kicker' | 'title' | 'heading' | 'subheading' | 'label' | 'small' | 'notice'; text: string }
  | { kind: 'paragraph'; text: string; mark?: string | null }
  | { kind: 'list'; texts: string[] }
  | { kind: 'figures'; rows: FigureRow[] }
  | { kind: 'compared'; rows: ComparedRow[] }
  | { kind: 'growth'; columns: string[]; rows: GrowthRow[] }
  | { kind: 'trend'; rows: TrendRow[] }
  | { kind: 'weeks'; chart: WeekChart }
  | { kind: 'quote'; texts: string[]; by: string | null }
  | { kind: 'notes'; notes: { mark: string; text: string }[] }
  | { kind: 'steps'; steps: Step[] }
  | { kind: 'link'; text: string; address: string; other?: { text: string; address: string } }
  | { kind: 'links' }
