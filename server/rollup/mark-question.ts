import type { Pool } from 'pg'
import { setMark } from '../store/care-marks.ts'
import { eventOf, type Happening } from './given-events.ts'

/** For tests: what a manager says of a question of the story. */
export const markQuestion = async (pool: Pool, communityId: string, { key, mark }: Extract<Happening, { what: 'mark' }>): Promise<void> => {
  const event_key = eventOf(key)
  const subject = {
    kind: 'unanswered_question',
    item_key: event_key,
    event_key,
    identity_key: null,
    channel: null,
    since: new Date(0),
  } as const
  await setMark(pool, { communityId, subject, mark, knownBy: new Date(0), now: new Date(0), by: null })
}
