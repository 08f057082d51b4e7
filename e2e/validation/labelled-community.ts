import type { VerdictName } from '../../shared/contract/verdict.ts'
import type { SyntheticOptions } from '../../server/ingest/sources/synthetic/synthetic.ts'

/** What is reported together. */
export const GROUPS = ['pure', 'hard', 'noisy', 'mixture', 'floor', 'archive'] as const
export type Group = (typeof GROUPS)[number]

/** What an honest observer would say on a day; null where something is changing and nobody could say. */
export type Observer = (day: string) => { label: VerdictName; right: readonly VerdictName[] } | null

/** A community of which is known what it is. */
export type LabelledCommunity = {
  /** The setting of the generator, or the archive: communities that differ by their seed alone share it. */
  setting: string
  group: Group
  /** What it stands for, in the report. */
  title: string
  observer: Observer
  /** Windows with fewer contributions are left out. */
  floor: number
  /** Held to "90 % right" as a pure type. */
  is_pure: boolean
  thresholds: Readonly<Record<string, number>>
  source: { synthetic: SyntheticOptions } | { archive: string }
}

/** The same on every day. */
export const always =
  (label: VerdictName, ...also: VerdictName[]): Observer =>
  () => ({ label, right: [label, ...also] })
