import type { Import } from '../../../shared/contract/import.ts'

/** What an import is, in the middle of a sentence and in lists. */
export const STATUS_WORDS: Record<Import['status'], string> = {
  uploading: 'being sent',
  checking: 'being checked',
  checked: 'waiting for your word',
  running: 'being imported',
  done: 'done',
  failed: 'stopped early',
  cancelled: 'cancelled',
}
