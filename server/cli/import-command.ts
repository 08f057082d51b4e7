import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { csvMappingSchema, type ImportOptions } from '../../shared/contract/import.ts'
import { KNOWN_SOURCES } from '../ingest/sources/known-sources.ts'
import { ImportStopped } from '../ingest/sources/import-events.ts'
import { type OpenFiles, openFiles } from '../ingest/sources/open-files.ts'
import { REJECTIONS_HEADER, writeRejection } from '../ingest/sources/write-rejections.ts'
import { type FileImportOutcome, importFiles } from '../jobs/import-files.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { isTimeZone, type StoredCommunity } from '../store/communities.ts'
import type { Database } from '../store/connection.ts'
import { describeOutcome } from './describe-outcome.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Operator, withStore } from './operator.ts'
import { startProgress } from './progress.ts'

export type ImportCommandOptions = {
  community: string
  source?: string
  format?: string
  dryRun?: boolean
  rejected?: string
  timeZone?: string
  site?: string
  encoding: string
  onConflict: string
  map?: Record<string, string>
  mapping?: string
  refresh: boolean
}

const number = new Intl.NumberFormat('en')
/** The bar is brought up to date after so many rows. */
const BAR_ROWS = 1000

const addMapping = (text: string, before: Record<string, string> = {}): Record<string, string> => {
  const at = text.indexOf('=')
  if (at < 1) throw new CommandError(`--map ${text}: write it as field=column, such as --map occurred_at=Date.`, EXIT.usage)
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

export const addImportCommand: AddCommands = (program, operator) => {
  program
    .command('import')
    .description('read files of events into a community; the same files again change nothing')
    .argument('<file...>', 'one or more files or archives, or a folder; what can be read: formats')
    .requiredOption('--community <slug>', 'the community')
    .option('--source <name>', 'the name the events carry as their source; a format’s name also chooses the format')
    .option('--format <name>', `the format, where it is not recognised: ${KNOWN_SOURCES.map(({ name }) => name).join(', ')}`)
    .option('--dry-run', 'read and check everything, say what it would bring, store nothing')
    .option('--rejected <file>', 'write all rejected rows, with place and reason, to this CSV file')
    .option('--on-conflict <what>', 'a message stored with other content: report leaves it as it is, replace takes the new one', 'report')
    .option('--time-zone <zone>', 'the zone of times that are written without an offset')
    .option('--site <address>', 'the address of the place, such as beer.stackexchange.com, for links to the originals')
    .option('--encoding <name>', 'the encoding of a text file, such as windows-1252', 'utf-8')
    .option('--map <field=column>', 'CSV: the column that holds a field; may be repeated', addMapping)
    .option('--mapping <file>', 'CSV: a JSON file that says how the columns are read, as the page keeps it')
    .option('--no-refresh', 'leave the numbers to be brought up to date later')
    .action((paths: string[], options: ImportCommandOptions) =>
      withStore(operator, async ({ db }) => {
        refuseUnusable(options)
        const community = await needCommunity(db, options.community)
        const files = await openFiles(paths)
        try {
          await importOpened(operator, db, { community, files, options })
        } finally {
          await files.close()
        }
      }),
    )
  program
    .command('formats')
    .description('what can be imported, how to get it, and what it cannot tell')
    .action(() => {
      const formats = KNOWN_SOURCES.map(({ name, title, tells, guide }) => ({ name, title, tells, ...guide }))
      operator.answer(
        { formats },
        formats
          .map(({ name, title, files, how_to_get, reads, cannot }) =>
            [
              `${name}: ${title}`,
              `  Files: ${files}`,
              ...[...how_to_get, ...reads.map((text) => `Read: ${text}`), ...cannot.map((text) => `Not told: ${text}`)].map(
                (text) => `  - ${text}`,
              ),
            ].join('\n'),
          )
          .join('\n\n'),
      )
    })
}

type Order = { community: StoredCommunity; files: OpenFiles; options: ImportCommandOptions }

const importOpened = async (operator: Operator, db: Database, { community, files, options }: Order) => {
  const named = KNOWN_SOURCES.find(({ name }) => name.replaceAll('-', '') === options.source?.replaceAll('-', '').toLowerCase())
  let isStopped = false
  operator.onInterrupt(() => {
    isStopped = true
    operator.say('Stopping after the batch that is being stored …')
  })
  const progress = startProgress(files.size, process.stderr.isTTY)
  const rejectedFile = options.rejected ? openSync(options.rejected, 'w') : null
  if (rejectedFile !== null) writeSync(rejectedFile, REJECTIONS_HEADER)
  let outcome: FileImportOutcome
  try {
    outcome = await importFiles(db, {
      communityId: community.community_id,
      timeZone: community.time_zone,
      files,
      options: {
        time_zone: options.timeZone ?? null,
        site: options.site ?? null,
        encoding: options.encoding,
        on_conflict: options.onConflict === 'replace' ? 'replace' : 'report',
        csv: options.mapping === undefined ? null : readMapping(options.mapping, files),
        format: options.format ?? named?.name ?? null,
        source: options.source && !named ? options.source : null,
      },
      columns: options.map ?? {},
      isDryRun: options.dryRun === true,
      now: operator.now,
      onNote: operator.say,
      onRows: (rows) => {
        if (rows % BAR_ROWS === 0) progress.update(files.bytesRead(), `${number.format(rows)} rows`)
      },
      onRejected: (rejection) => {
        if (rejectedFile !== null) writeSync(rejectedFile, writeRejection(rejection))
      },
      stopReason: () => (isStopped ? 'Stopped before the end of the file. What was stored stays; import the file again to go on.' : null),
    })
  } catch (error) {
    // before the first batch
    if (error instanceof ImportStopped) throw new CommandError(error.message)
    throw error
  } finally {
    progress.stop()
    if (rejectedFile !== null) closeSync(rejectedFile)
  }
  const { result, format, source, preview } = outcome
  const { counts, failure, rejections, importId } = result
  const obstacle = preview?.csv.find(({ problem }) => problem !== null)
  if (obstacle) throw new CommandError(`${obstacle.file}: ${obstacle.problem} Say which columns they are with --map or --mapping.`)
  if (!options.dryRun && options.refresh && counts.accepted > 0) {
    operator.say('Bringing the numbers up to date …')
    await refreshCommunity(db, community.community_id, { now: operator.now() })
  }
  operator.answer(
    {
      community: community.slug,
      source,
      format: format.name,
      dry_run: options.dryRun === true,
      import_id: importId,
      ...counts,
      ...(preview === null ? {} : { preview }),
      error: failure?.message ?? null,
      rejections,
    },
    describeOutcome(outcome, { isDryRun: options.dryRun === true, isListed: options.rejected !== undefined }),
  )
  if (failure) throw new CommandError(failure.message)
  if (counts.rejected + counts.conflict > 0) operator.setExitCode(EXIT.rejected)
}

/** What is wrong with them is said before anything is opened. */
const refuseUnusable = ({ timeZone, onConflict }: ImportCommandOptions): void => {
  if (timeZone && !isTimeZone(timeZone))
    throw new CommandError(`--time-zone: "${timeZone}" is not a time zone; use a name such as Europe/Berlin.`, EXIT.usage)
  if (onConflict !== 'report' && onConflict !== 'replace')
    throw new CommandError(`--on-conflict: it is report or replace, and not "${onConflict}".`, EXIT.usage)
}

/** One mapping for every file, or one for each by its path. */
const readMapping = (path: string, { files }: OpenFiles): ImportOptions['csv'] => {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new CommandError(`--mapping ${path}: ${(error as Error).message}`, EXIT.usage)
  }
  const one = csvMappingSchema.safeParse(content)
  if (one.success) return Object.fromEntries(files.map((file) => [file.path, one.data]))
  const each = z.record(z.string(), csvMappingSchema).safeParse(content)
  if (each.success) return each.data
  const [issue] = one.error.issues
  throw new CommandError(
    `--mapping ${path}: ${issue?.path.join('.')} ${issue?.message}. It is such as {"kind": "events", "columns": {"occurred_at": "Date", "actor_id": "Author"}}.`,
    EXIT.usage,
  )
}
