/** An import, from the files a person dropped to the events that came of them. */
import { z } from 'zod'
import { EVENT_TYPES, SENT_TYPES } from './event.ts'
import { CAPABILITIES } from './metric.ts'
import { MAX_IMPORT_FILES } from './upload-limits.ts'

export { UPLOAD_PIECE_BYTES } from './upload-limits.ts'

/**
 * uploading: bytes of its files are awaited, also after a lost connection. checking: the files are read once and nothing is stored.
 * checked: the preview is there, and waits for a person's word. running, done; failed: it ended early and what was stored stays.
 * cancelled: a person ended it; what was stored stays.
 */
export const IMPORT_STATUSES = ['uploading', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled'] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** What a value of the column of types can stand for: a type, or `skip` for rows that are no events. */
export const CSV_TYPES = [...SENT_TYPES, 'skip'] as const
export const DATE_ORDERS = ['day_first', 'month_first'] as const
/** What day 0 of a spreadsheet's numbers of days is: workbooks of old Macintoshes count from 1904. */
export const DAY_NUMBERS = ['1900', '1904'] as const

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Which column of a CSV file holds which field, for files whose columns have other names. */
export const csvMappingSchema = z.object({
  kind: z.enum(['events', 'members']),
  columns: z.record(z.string(), z.string()).describe('Field -> name of the column'),
  types: z.record(z.string(), z.enum(CSV_TYPES)).default({}).describe('What stands in the column of types -> our type'),
  every_row: z.enum(SENT_TYPES).nullable().default(null).describe('What every row is, where no column says it'),
  date_order: z.enum(DATE_ORDERS).nullable().default(null).describe('How 03/04/2024 is read; null: such a date is rejected'),
  day_numbers: z.enum(DAY_NUMBERS).default('1900').describe('From which year a spreadsheet’s numbers of days count'),
  time_zone: z
    .string()
    .refine(isTimeZone, 'name a time zone such as Europe/Berlin')
    .nullable()
    .default(null)
    .describe('Of times without an offset; null: as the import says'),
})
export type CsvMapping = z.infer<typeof csvMappingSchema>

/** How the files are to be read; what is left out is found. */
export const importOptionsSchema = z.strictObject({
  format: z.string().nullish().describe('The name of a format, where it is not recognised'),
  source: z.string().trim().min(1).max(512).nullish().describe('The name the events carry as their source; by default the format’s'),
  time_zone: z.string().nullish().describe('The zone of times written without an offset'),
  encoding: z.string().nullish().describe('Of text files without a byte order mark, such as windows-1252'),
  site: z.string().nullish().describe('The address of the place, for links to the originals'),
  csv: z.record(z.string(), csvMappingSchema).nullish().describe('By the path of each CSV file'),
  on_conflict: z.enum(['report', 'replace']).nullish().describe('A message stored with other content: kept as it is, or replaced'),
})
export type ImportOptions = z.infer<typeof importOptionsSchema>

export const rejectionSchema = z.object({
  file: z.string().nullable().describe('The file inside the archive; null where there is only one'),
  position: z.int().describe('Its line, or its number in the file'),
  pointer: z.string(),
  code: z.string(),
  message: z.string(),
})
export type Rejection = z.infer<typeof rejectionSchema>

const countsByName = z.record(z.string(), z.int())

/** How one row of a CSV file is read. */
export const csvReadRowSchema = z.object({
  position: z.int().describe('Its line'),
  events: z.array(
    z.object({
      type: z.enum(SENT_TYPES),
      occurred_at: z.string(),
      actor: z.string().nullable().describe('Their name, else their id'),
      thread_id: z.string().nullable(),
      in_reply_to: z.string().nullable(),
      channel: z.string().nullable(),
      title: z.string().nullable().describe('The title, else the beginning of the text'),
    }),
  ),
  skipped: z.string().nullable().describe('What it is, when it is no event by its type'),
  problem: z.string().nullable().describe('Why it would be rejected'),
})

/** A CSV file as the mapping screen shows it. */
export const csvColumnsSchema = z.object({
  file: z.string(),
  header: z.array(z.string()).describe('Names of the columns, told apart where two are the same'),
  sample: z.array(z.array(z.string())).describe('The first rows'),
  mapping: csvMappingSchema.describe('As given, saved before for the same header, or guessed'),
  is_saved: z.boolean().describe('The mapping was saved for this header'),
  guesses: z.array(z.string()).describe('What was guessed by the content of the columns, in sentences'),
  fields: z.array(z.object({ field: z.string(), is_needed: z.boolean() })).describe('What a column can be mapped to'),
  values: z
    .array(z.object({ text: z.string(), count: z.int(), type: z.enum(CSV_TYPES).nullable() }))
    .describe('What stands in the column of types, the most frequent first; type null: not known'),
  row_count: z.int().describe('Rows that were looked at for this'),
  unclear_date: z.string().nullable().describe('A date of it such as 03/04/2024, where no other date shows which order they have'),
  needs_time_zone: z.boolean().describe('Its times have no offset from UTC'),
  read: z.array(csvReadRowSchema).describe('How the first rows are read'),
  problem: z.string().nullable().describe('What is missing before it can be read'),
})
export type CsvColumns = z.infer<typeof csvColumnsSchema>

/** A mapping kept for files with this header. */
export const savedCsvMappingSchema = z.object({ header: z.array(z.string()).min(1).max(1000), mapping: csvMappingSchema })
export const savedCsvMappingsSchema = z.object({ mappings: z.array(savedCsvMappingSchema.extend({ saved_at: z.string() })) })

/** What an import would do, found by reading everything and storing nothing. */
export const previewSchema = z.object({
  by_type: countsByName.describe('Events by type'),
  skipped: countsByName.describe('Rows that are no events by design, by what they are'),
  new_events: z.int(),
  known_events: z.int().describe('Stored already'),
  conflicts: z.int().describe('Stored already with other content'),
  rejected: z.int(),
  member_count: z.int().describe('Different accounts that do something in it'),
  bot_count: z.int().describe('Of those, accounts that the source calls bots'),
  channels: z.array(z.object({ channel: z.string(), event_count: z.int() })).describe('The fullest, at most fifty'),
  first_event_at: z.string().nullable(),
  last_event_at: z.string().nullable(),
  tells: z.array(z.enum(CAPABILITIES)),
  cannot_tell: z.array(z.enum(CAPABILITIES)),
  cannot: z.array(z.string()).describe('What this source cannot tell, in sentences'),
  classified: countsByName.describe('Messages whose kind was found by their text, by rule'),
  inferred: countsByName.describe('Messages of flat chats by how their thread was found: opens, named, guess'),
  notes: z.array(z.string()),
  rejections: z.array(rejectionSchema).describe('The first twenty'),
  csv: z.array(csvColumnsSchema),
})
export type Preview = z.infer<typeof previewSchema>

export const importSchema = z.object({
  id: z.string(),
  source: z.string(),
  file_name: z.string().nullable(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  status: z.enum(IMPORT_STATUSES),
  accepted: z.int(),
  duplicate: z.int(),
  conflict: z.int(),
  rejected: z.int(),
  message: z.string().nullable().describe('Why it ended early, or what stands in its way'),
  format: z.object({ name: z.string(), title: z.string() }).nullable().describe('As recognised or named'),
  files: z.array(z.object({ name: z.string(), size: z.number(), uploaded: z.number() })).describe('Empty when it came by the command line'),
  progress: z
    .object({ share: z.number().describe('0 to 1'), rows: z.int() })
    .nullable()
    .describe('While checking or running'),
  options: importOptionsSchema,
  preview: previewSchema.nullable(),
  summary: z
    .object({ by_type: countsByName, skipped: countsByName, first_event_at: z.string().nullable(), last_event_at: z.string().nullable() })
    .nullable()
    .describe('When it is over'),
})
export type Import = z.infer<typeof importSchema>
export const importsSchema = z.object({ imports: z.array(importSchema.omit({ preview: true, options: true })) })

/** A new import: the files that will be sent. */
export const importInputSchema = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(1024), size: z.number().int().min(0) }))
    .min(1)
    .max(MAX_IMPORT_FILES),
})
export const uploadedSchema = z.object({ uploaded: z.number().describe('Bytes of this file that are kept') })
export const rejectionsSchema = z.object({
  rejections: z.array(rejectionSchema).describe('The first thousand'),
  total: z.int().describe('Rows that were not accepted, conflicts among them'),
  kept: z.int().describe('Of those, rows that are kept to be looked at: rejections.csv has them all'),
})

/** A format that can be imported, as people are told of it. */
export const formatSchema = z.object({
  name: z.string(),
  title: z.string(),
  files: z.string(),
  how_to_get: z.array(z.string()),
  reads: z.array(z.string()),
  cannot: z.array(z.string()),
  tells: z.array(z.enum(CAPABILITIES)).nullable(),
  cannot_tell: z.array(z.enum(CAPABILITIES)),
  says_questions: z.boolean(),
})
export const formatsSchema = z.object({
  formats: z.array(formatSchema),
  types: z.array(z.enum(EVENT_TYPES)),
  rules: z.record(z.string(), z.string()).describe('What each rule looks for that tells what an untyped message is'),
})
