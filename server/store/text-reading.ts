import type { ClientBase, Pool } from 'pg'
import { classifyMessage } from '../ingest/classify/classify-message.ts'
import type { TextReading } from '../ingest/text-reading.ts'
import { loadWordCounter } from './talk-words.ts'

/** How this community has its messages read from now on; to be asked for once a request or import. */
export const loadTextReading = async (db: Pool | ClientBase, communityId: string): Promise<TextReading> => ({
  countWords: await loadWordCounter(db, communityId),
  classify: classifyMessage,
})
