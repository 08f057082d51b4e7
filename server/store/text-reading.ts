import type { ClientBase, Pool } from 'pg'
import { classifyByChannel } from '../ingest/classify/channel-rules.ts'
import type { TextReading } from '../ingest/text-reading.ts'
import { readChannelRules } from './channel-rules.ts'
import { readKeepsText } from './kept-text.ts'
import { loadWordCounter } from './talk-words.ts'

/** How this community has its messages read from now on; to be asked for once a request or import. */
export const loadTextReading = async (db: Pool | ClientBase, communityId: string): Promise<TextReading> => ({
  countWords: await loadWordCounter(db, communityId),
  classify: classifyByChannel(await readChannelRules(db, communityId)),
  keepsText: await readKeepsText(db, communityId),
})
