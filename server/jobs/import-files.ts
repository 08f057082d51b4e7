import type { CsvColumns, ImportOptions, Preview } from '../../shared/contract/import.ts'
import type { Capability } from '../../shared/contract/metric.ts'
import { ImportStopped, NOTHING_COUNTED, type Rejection } from '../ingest/sources/import-events.ts'
import { findFormat, recogniseFormat } from '../ingest/sources/known-sources.ts'
import type { OpenFiles } from '../ingest/sources/open-files.ts'
import { type ColumnMapping, type EventSource, type ReadOptions, SourceError, type SourceItem } from '../ingest/sources/source.ts'
import { describeCsv } from '../ingest/sources/csv/describe-csv.ts'
import type { SourceFile, SourceFiles } from '../ingest/sources/source-files.ts'
import type { Database } from '../store/connection.ts'
import { loadSavedMapping } from '../store/csv-mappings.ts'
import { type ImportResult, type ImportRun, runImport } from '../store/run-import.ts'
import { previewEvents } from './preview-events.ts'

export type FileImport = {
  communityId: string
  /** The community's: where a day without a time begins. */
  timeZone: string
  files: OpenFiles
  options: ImportOptions
  /** Of the command line: the column that holds a field, in every CSV file; what is not named is guessed. */
  columns?: ColumnMapping
  /** What each CSV file's columns hold, as the check has found it; found anew when left out. */
  csv?: readonly CsvColumns[]
  isDryRun: boolean
  resumed?: ImportRun['resumed']
  now: () => Date
  /** Called as soon as the format is known. */
  onFormat?: (format: EventSource, source: string) => Promise<void> | void
  /** Called for each row: how many have been read so far. */
  onRows?: (rows: number) => void
  onRejected?: (rejection: Rejection) => void
  onNote?: (message: string) => void
  /** Asked for every item; the reason ends the reading. */
  stopReason: () => string | null
}

export type FileImportOutcome = {
  format: EventSource
  source: string
  /** Of a dry run. */
  preview: Preview | null
  result: ImportResult
  /** Rows read: events, problems and what was skipped. */
  rows: number
}

/**
 * The one way from files to events, of the page and of the command line: finds the format, reads, and stores, or with `isDryRun`
 * reads everything and says what an import would do. Throws a SourceError when the format is not found or a CSV's columns are not.
 */
export const importFiles = async (db: Database, order: FileImport): Promise<FileImportOutcome> => {
  const { options, isDryRun, communityId } = order
  const { files } = order
  const format = options.format ? findFormat(options.format) : await recogniseFormat(files).catch((error) => alsoCut(error, files.cut))
  const source = options.source || format.name
  await order.onFormat?.(format, source)
  const preview = previewEvents()
  const note = (message: string) => {
    preview.note(message)
    order.onNote?.(message)
  }
  for (const one of files.notes) note(one)
  let told: readonly Capability[] | null = format.tells
  const reading: ReadOptions = {
    source,
    dayTimeZone: order.timeZone,
    timeZone: options.time_zone ?? null,
    site: options.site ?? null,
    columns: order.columns ?? {},
    encoding: options.encoding ?? 'utf-8',
    note,
    declare: (tells) => {
      told = tells
    },
  }
  const csv = format.name === 'csv' ? (order.csv ?? (await describeFiles(db, order, files, reading))) : []
  const obstacle = csv.find(({ problem }) => problem !== null)
  if (obstacle) {
    if (files.cut !== null) note(files.cut)
    const result: ImportResult = { counts: NOTHING_COUNTED, failure: null, importId: null, rejections: [] }
    if (!isDryRun) throw new SourceError(`${obstacle.file}: ${obstacle.problem}`)
    return {
      format,
      source,
      result,
      rows: 0,
      preview: preview.end({ counts: NOTHING_COUNTED, rejections: [], tells: [], cannot: format.guide.cannot, csv }),
    }
  }
  if (csv.length > 0) reading.csv = Object.fromEntries(csv.map(({ file, mapping }) => [file, mapping]))
  let rows = 0
  const items = async function* (): AsyncGenerator<SourceItem> {
    try {
      for await (const item of format.read(files, reading)) {
        const reason = order.stopReason()
        if (reason !== null) throw new ImportStopped(reason)
        if ('account' in item) {
          if (isDryRun) preview.seeAccount(source, item.account)
        } else order.onRows?.(++rows)
        yield item
      }
    } catch (error) {
      alsoCut(error, files.cut)
    }
    // everything that is there has been read, and it is not everything
    if (files.cut !== null) throw new SourceError(files.cut)
  }
  const result = await runImport(db, {
    communityId,
    source,
    fileName: order.files.name,
    format: format.name,
    items: items(),
    tells: () => told,
    observedUntil: null,
    isDryRun,
    onConflict: options.on_conflict ?? 'report',
    resumed: order.resumed,
    now: order.now,
    ...(isDryRun ? { onRow: preview.seeRow } : {}),
    onRejected: order.onRejected,
  })
  const { counts, rejections } = result
  return {
    format,
    source,
    result,
    rows,
    preview: isDryRun ? preview.end({ counts, rejections, tells: told, cannot: format.guide.cannot, csv }) : null,
  }
}

/** What a source misses may lie behind the cut: then both are said. */
const alsoCut = (error: unknown, cut: string | null): never => {
  if (cut === null || !(error instanceof SourceError) || error instanceof ImportStopped) throw error
  throw new SourceError(cut.includes(error.message) ? cut : `${error.message} ${cut}`)
}

/** How each CSV file is read: as a person said, as was kept for its columns, or as guessed. */
const describeFiles = async (db: Database, order: FileImport, files: SourceFiles, reading: ReadOptions): Promise<CsvColumns[]> => {
  // columns named one by one are for the source to complete
  if (Object.keys(reading.columns).length > 0) return []
  const found: CsvColumns[] = []
  for (const file of files.files) {
    const mapping = order.options.csv?.[file.path] ?? null
    found.push(
      await describeCsv(untilItsEnd(file), {
        mapping,
        saved: (header) => loadSavedMapping(db, order.communityId, header),
        options: reading,
      }),
    )
  }
  return found
}

/** A file that is cut or damaged is described by what comes before; its reading says the rest. */
const untilItsEnd = (file: SourceFile): SourceFile => ({
  ...file,
  open: async function* () {
    let isBegun = false
    try {
      for await (const piece of file.open()) {
        isBegun = true
        yield piece
      }
    } catch (error) {
      if (!isBegun || !(error instanceof SourceError) || error instanceof ImportStopped) throw error
    }
  },
})
