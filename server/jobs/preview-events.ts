import type { CsvColumns, Preview } from '../../shared/contract/import.ts'
import { CAPABILITIES, type Capability } from '../../shared/contract/metric.ts'
import type { EventRow } from '../ingest/event-row.ts'
import type { ImportCounts } from '../ingest/sources/import-events.ts'
import type { Rejection } from '../ingest/sources/import-events.ts'
import type { SourceAccount } from '../ingest/sources/source.ts'
import { identityKey } from '../ingest/keys.ts'
import { capabilitiesShownBy } from '../metrics/capabilities.ts'
import { createDistinctCount } from './count-distinct.ts'

/** Listed on the page; more are not looked at by anyone. Our judgement, as is how many different ones are counted at all. */
const SHOWN_CHANNELS = 50
const MAX_CHANNELS = 20_000
const SHOWN_REJECTIONS = 20
/** Accounts the source calls bots; more would be a file of bots. */
const MAX_BOTS = 100_000
const MAX_NOTES = 50

export type PreviewEvents = {
  seeRow: (row: EventRow) => void
  seeAccount: (source: string, account: SourceAccount) => void
  note: (message: string) => void
  /** `tells` null: whatever the events show. */
  end: (result: {
    counts: ImportCounts
    rejections: readonly Rejection[]
    tells: readonly Capability[] | null
    cannot: readonly string[]
    csv: readonly CsvColumns[]
  }) => Preview
}

/** Sees every row of a dry run go by, and says at its end what the import would bring; in bounded memory. */
export const previewEvents = (): PreviewEvents => {
  const members = createDistinctCount()
  const bots = new Set<string>()
  const acting = new Set<string>()
  const channels = new Map<string, number>()
  const classified: Record<string, number> = {}
  const inferred: Record<string, number> = {}
  const notes: string[] = []
  const count = (counts: Record<string, number>, what: string) => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const seeBot = (key: string) => {
    if (bots.size < MAX_BOTS) bots.add(key)
  }
  return {
    seeRow: ({ actor, channel, classified_by, inferred_link }) => {
      if (actor !== null) {
        members.add(actor.identity_key)
        if (actor.is_bot) seeBot(actor.identity_key)
        // accounts come before their events; a flag that comes with an event counts from there
        if (bots.has(actor.identity_key)) acting.add(actor.identity_key)
      }
      if (channel !== null && (channels.has(channel) || channels.size < MAX_CHANNELS))
        channels.set(channel, (channels.get(channel) ?? 0) + 1)
      if (classified_by !== null) count(classified, classified_by)
      if (inferred_link !== null) count(inferred, inferred_link)
    },
    seeAccount: (source, { id, is_bot }) => {
      if (is_bot === true) seeBot(identityKey(source, id))
    },
    note: (message) => {
      if (notes.length < MAX_NOTES && !notes.includes(message)) notes.push(message)
    },
    end: ({ counts, rejections, tells, cannot, csv }) => {
      const told = tells ?? capabilitiesShownBy(Object.keys(counts.by_type))
      if (members.isCut()) notes.push(`More than ${members.count()} different accounts do something in it; the rest are not counted here.`)
      return {
        by_type: counts.by_type,
        skipped: counts.skipped,
        new_events: counts.accepted,
        known_events: counts.duplicate,
        conflicts: counts.conflict,
        rejected: counts.rejected,
        member_count: members.count(),
        bot_count: acting.size,
        channels: [...channels]
          .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
          .slice(0, SHOWN_CHANNELS)
          .map(([channel, event_count]) => ({ channel, event_count })),
        first_event_at: counts.first_event_at,
        last_event_at: counts.last_event_at,
        tells: CAPABILITIES.filter((one) => told.includes(one)),
        cannot_tell: CAPABILITIES.filter((one) => !told.includes(one)),
        cannot: [...cannot],
        classified,
        inferred,
        notes,
        rejections: rejections.slice(0, SHOWN_REJECTIONS).map(({ file = null, ...rest }) => ({ file, ...rest })),
        csv: [...csv],
      }
    },
  }
}
