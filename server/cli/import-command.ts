import { closeSync, openSync, writeSync } from 'node:fs'
import type { Capability } from '../../shared/contract/metric.ts'
import { writeSpreadsheetRow } from '../ingest/sources/csv/write-csv.ts'
import type { ImportCounts } from '../ingest/sources/import-events.ts'
import { findFormat, KNOWN_SOURCES, recogniseFormat } from '../ingest/sources/known-sources.ts'
import { openFiles } from '../ingest/sources/open-files.ts'
import { SourceError, type SourceItem } from '../ingest/sources/source.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { isTimeZone } from '../store/communities.ts'
import { type ImportResult, runImport } from '../store/run-import.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Operator, withStore } from './operator.ts'
import { startProgress } from './progress.ts'

type Options = {
  community: string
  source?: string
  format?: string
  dryRun?: boolean
  rejected?: string
  timeZone?: string
  site?: string
  encoding: string
  map?: Record<string, string>
  refresh: boolean
}

/** Rejected rows shown at the end; all of them go to --rejected. */
const SHOWN_REJECTIONS = 10
const number = new Intl.NumberFormat('en')
const rows = (count: number) => `${number.format(count)} ${count === 1 ? 'row' : 'rows'}`

const addMapping = (text: string, before: Record<string, string> = {}): Record<string, string> => {
  const at = text.indexOf('=')
  if (at < 1) throw new CommandError(`--map ${text}: write it as field=column, such as --map occurred_at=Date.`, EXIT.usage)
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

export const addImportCommand: AddCommands = (program, operator) => {
  program
    .command('import')
    .description('read a file of events into a community; the same file again changes nothing')
    .argument('<file>', 'CSV, NDJSON or Posts.xml of a Stack Exchange dump; also gzipped')
    .requiredOption('--community <slug>', 'the community')
    .option('--source <name>', 'the name the events carry as their source; a format’s name also chooses the format')
    .option('--format <name>', `the format, where it is not recognised: ${KNOWN_SOURCES.map(({ name }) => name).join(', ')}`)
    .option('--dry-run', 'read and check everything, store nothing')
    .option('--rejected <file>', 'write all rejected rows, with line and reason, to this CSV file')
    .option('--time-zone <zone>', 'the zone of times that are written without an offset')
    .option('--site <address>', 'Stack Exchange: the site, such as beer.stackexchange.com, for links to the posts')
    .option('--encoding <name>', 'the encoding of a text file, such as windows-1252', 'utf-8')
    .option('--map <field=column>', 'CSV: the column that holds a field; may be repeated', addMapping)
    .option('--no-refresh', 'leave the numbers to be brought up to date later')
    .action((path: string, options: Options) => withStore(operator, ({ db }) => importFile(operator, db, path, options)))
}

const importFile = async (operator: Operator, db: Parameters<typeof runImport>[0], path: string, options: Options) => {
  if (options.timeZone && !isTimeZone(options.timeZone))
    throw new CommandError(`--time-zone: "${options.timeZone}" is not a time zone; use a name such as Europe/Berlin.`, EXIT.usage)
  const community = await needCommunity(db, options.community)
  const file = await openFiles([path])
  const named = KNOWN_SOURCES.find(({ name }) => name.replaceAll('-', '') === options.source?.replaceAll('-', '').toLowerCase())
  const format = options.format ? findFormat(options.format) : (named ?? (await recogniseFormat(file)))
  const source = options.source && !named ? options.source : format.name
  let told: readonly Capability[] | null = format.tells
  let isStopped = false
  operator.onInterrupt(() => {
    isStopped = true
    operator.say('Stopping after the batch that is being stored …')
  })
  const progress = startProgress(file.size, process.stderr.isTTY)
  const read = format.read(file, {
    source,
    dayTimeZone: community.time_zone,
    timeZone: options.timeZone ?? null,
    site: options.site ?? null,
    columns: options.map ?? {},
    encoding: options.encoding,
    note: operator.say,
    declare: (tells) => {
      told = tells
    },
  })
  const items = (async function* (): AsyncGenerator<SourceItem> {
    let count = 0
    for await (const item of read) {
      if (isStopped) throw new SourceError('Stopped before the end of the file. What was stored stays; import the file again to go on.')
      if (++count % 1000 === 0) progress.update(file.bytesRead(), `${number.format(count)} rows`)
      yield item
    }
  })()
  const rejectedFile = options.rejected ? openSync(options.rejected, 'w') : null
  if (rejectedFile !== null) writeSync(rejectedFile, `\ufeff${writeSpreadsheetRow(['line', 'field', 'code', 'message'])}`)
  let result: ImportResult
  try {
    result = await runImport(db, {
      communityId: community.community_id,
      source,
      fileName: file.name,
      items,
      tells: () => told,
      observedUntil: null,
      isDryRun: options.dryRun === true,
      now: operator.now,
      onRejected: ({ position, pointer, code, message }) => {
        if (rejectedFile !== null) writeSync(rejectedFile, writeSpreadsheetRow([position, pointer, code, message]))
      },
    })
  } finally {
    progress.stop()
    if (rejectedFile !== null) closeSync(rejectedFile)
  }
  if (!options.dryRun && options.refresh && result.counts.accepted > 0) {
    operator.say('Bringing the numbers up to date …')
    await refreshCommunity(db, community.community_id, { now: operator.now() })
  }
  const { counts, failure, rejections, importId } = result
  operator.answer(
    {
      community: community.slug,
      source,
      format: format.name,
      dry_run: options.dryRun === true,
      import_id: importId,
      ...counts,
      error: failure?.message ?? null,
      rejections,
    },
    summarise(result, options),
  )
  if (failure) throw new CommandError(failure.message)
  if (counts.rejected + counts.conflict > 0) operator.setExitCode(EXIT.rejected)
}

const summarise = ({ counts, rejections }: ImportResult, { dryRun, rejected }: Options): string => {
  const listed = (found: Record<string, number>) => Object.entries(found).sort(([, a], [, b]) => b - a)
  return [
    `${rows(counts.accepted)} ${dryRun ? 'would be accepted (nothing was stored)' : 'accepted'}, ${number.format(counts.duplicate)} known already, ${number.format(counts.conflict)} in conflict, ${number.format(counts.rejected)} rejected.`,
    ...spanLine(counts),
    ...listed(counts.by_type).map(([type, count]) => `  ${type.padEnd(24)} ${number.format(count).padStart(12)}`),
    ...listed(counts.skipped).map(([what, count]) => `  skipped: ${what.padEnd(15)} ${number.format(count).padStart(12)}`),
    ...rejections.slice(0, SHOWN_REJECTIONS).map(({ position, message }) => `  line ${position}: ${message}`),
    ...(counts.rejected + counts.conflict > SHOWN_REJECTIONS && !rejected ? ['  … see all of them with --rejected rejected.csv'] : []),
  ].join('\n')
}

const spanLine = ({ first_event_at, last_event_at }: ImportCounts) =>
  first_event_at && last_event_at ? [`From ${first_event_at} to ${last_event_at}:`] : []
