import type { Import } from '../../shared/contract/import.ts'
import { KNOWN_SOURCES } from '../ingest/sources/known-sources.ts'
import type { UploadFolder } from '../jobs/upload-folder.ts'
import type { ImportRow } from '../store/import-steps.ts'

/** An import as the page sees it, without what only its own page needs. */
export const describeImportInList = (row: ImportRow, uploaded: readonly number[] | null): Omit<Import, 'preview' | 'options'> => ({
  id: row.import_id,
  source: row.source,
  file_name: row.file_name,
  started_at: row.started_at.toISOString(),
  finished_at: row.finished_at?.toISOString() ?? null,
  status: row.status,
  accepted: row.accepted_count,
  duplicate: row.duplicate_count,
  conflict: row.conflict_count,
  rejected: row.rejected_count,
  message: row.message,
  format:
    row.format === null ? null : { name: row.format, title: KNOWN_SOURCES.find(({ name }) => name === row.format)?.title ?? row.format },
  files: (row.files ?? []).map(({ name, size }, no) => ({ name, size, uploaded: uploaded === null ? size : (uploaded[no] ?? 0) })),
  progress: row.status === 'checking' || row.status === 'running' ? { share: row.progress_share ?? 0, rows: row.progress_rows ?? 0 } : null,
  summary: row.summary,
})

export const describeImport = async (folder: UploadFolder, row: ImportRow): Promise<Import> => ({
  ...describeImportInList(row, await uploadedOf(folder, row)),
  options: row.options,
  preview: row.preview,
})

/** What is kept on the disk while files are awaited; later they are whole, or gone. */
export const uploadedOf = async (folder: UploadFolder, row: ImportRow): Promise<number[] | null> =>
  row.status === 'uploading' ? folder.sizes(row.import_id, row.files?.length ?? 0) : null
