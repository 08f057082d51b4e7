import type { Preview } from '../../shared/contract/import.ts'
import type { FileImportOutcome } from '../jobs/import-files.ts'

/** Rejected rows shown at the end; all of them go to --rejected. */
const SHOWN_REJECTIONS = 10
const SHOWN_CHANNELS = 5

const number = new Intl.NumberFormat('en')
const rows = (count: number) => `${number.format(count)} ${count === 1 ? 'row' : 'rows'}`
const line = (what: string, count: number) => `  ${what.padEnd(36)} ${number.format(count).padStart(12)}`
const listed = (found: Record<string, number>) => Object.entries(found).sort(([, a], [, b]) => b - a)

/** What came of an import, or of a dry run, for a terminal. */
export const describeOutcome = (
  { result, format, source, preview }: FileImportOutcome,
  { isDryRun, isListed }: { isDryRun: boolean; isListed: boolean },
): string => {
  const { counts, rejections } = result
  const { first_event_at, last_event_at } = counts
  return [
    `${format.title}, as source "${source}".`,
    `${rows(counts.accepted)} ${isDryRun ? 'would be accepted (nothing was stored)' : 'accepted'}, ${number.format(counts.duplicate)} known already, ${number.format(counts.conflict)} in conflict, ${number.format(counts.rejected)} rejected.`,
    ...(first_event_at && last_event_at ? [`From ${first_event_at} to ${last_event_at}:`] : []),
    ...listed(counts.by_type).map(([type, count]) => line(type, count)),
    ...listed(counts.skipped).map(([what, count]) => line(`skipped: ${what}`, count)),
    ...(preview === null ? [] : describePreview(preview)),
    ...rejections
      .slice(0, SHOWN_REJECTIONS)
      .map(({ file, position, message }) => `  ${file === undefined ? '' : `${file}, `}line ${position}: ${message}`),
    ...(counts.rejected + counts.conflict > SHOWN_REJECTIONS && !isListed ? ['  … see all of them with --rejected rejected.csv'] : []),
  ].join('\n')
}

const describePreview = (preview: Preview): string[] => [
  line('accounts', preview.member_count),
  ...(preview.bot_count > 0 ? [line('of those, bots', preview.bot_count)] : []),
  ...preview.channels.slice(0, SHOWN_CHANNELS).map(({ channel, event_count }) => line(`in ${channel}`, event_count)),
  ...listed(preview.classified).map(([rule, count]) =>
    line(rule === 'source' ? 'told by the source itself' : `told by their text: ${rule}`, count),
  ),
  ...listed(preview.inferred).map(([rule, count]) => line(`thread found by: ${rule}`, count)),
  `It tells ${preview.tells.join(', ').replaceAll('_', ' ') || 'nothing'}, and not ${preview.cannot_tell.join(', ').replaceAll('_', ' ') || 'nothing'}.`,
  ...preview.cannot,
]
