import type { Pool } from 'pg'
import { inTransaction } from '../../store/in-transaction.ts'
import { type OutgoingMail, putInOutbox } from '../../store/outbox.ts'
import { insertAsk, lockAsks } from '../../store/value-asks.ts'
import { DAY_MS, LINK_DAYS } from './ask-rules.ts'
import { type Asker, findAskers } from './find-askers.ts'

export const linkEnd = (from: Date): Date => new Date(from.getTime() + LINK_DAYS * DAY_MS)

export type MadeLink = { askId: string; asker: Asker; expiresAt: Date }
type Making = {
  communityId: string
  /** A fresh uuid; the link cannot be guessed without the server's key. */
  askId: string
  questionKey: string
  now: Date
  by: string | null
  /** Of a mail: how it reads, once the link is known. Null makes a link for a manager to post. */
  mail: ((ask: MadeLink & { address: string }) => Pick<OutgoingMail, 'subject' | 'text' | 'html' | 'headers'>) | null
}

/**
 * Asks about one question, if its asker may be asked now: looked at again under a lock, so that two processes, or two managers, ask a
 * person once. A mail is in the outbox when this returns. 'not_now' where the asker may not be asked, 'no_address' where a mail has nowhere to go.
 */
export const makeAsk = (
  pool: Pool,
  { communityId, askId, questionKey, now, by, mail }: Making,
): Promise<MadeLink | { refused: 'not_now' | 'no_address' }> =>
  inTransaction(pool, async (client): Promise<MadeLink | { refused: 'not_now' | 'no_address' }> => {
    await lockAsks(client, communityId)
    const [asker] = await findAskers(client, communityId, { now, questionKey })
    if (asker === undefined) return { refused: 'not_now' }
    const { address } = asker
    if (mail !== null && address === null) return { refused: 'no_address' }
    const made: MadeLink = { askId, asker, expiresAt: linkEnd(now) }
    const mailKey = mail === null ? null : `value-ask:${communityId}:${askId}`
    await insertAsk(client, {
      communityId,
      askId: made.askId,
      question_key: asker.question_key,
      identity_key: asker.identity_key,
      source: asker.source,
      how: mail === null ? 'link' : 'mail',
      mailKey,
      now,
      expiresAt: made.expiresAt,
      by,
    })
    if (mail !== null && mailKey !== null && address !== null)
      await putInOutbox(
        client,
        {
          mail_key: mailKey,
          community_id: communityId,
          kind: 'value-ask',
          to: { address, name: asker.display_name },
          ...mail({ ...made, address }),
        },
        now,
      )
    return made
  })
