/**
 * The page behind the link that ends a subscription. To fetch it does nothing, since scanners fetch every link of a mail; its button
 * posts, and so do mail programs of themselves, without cookies (RFC 8058).
 */
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { plainLine } from '../../shared/plain-text.ts'
import { readUnsubscribeToken } from '../report/report-token.ts'
import { endSubscription, findSubscription, resumeSubscription } from '../store/report-subscriptions.ts'
import { SHARED_RATE_LIMIT } from './shared-reports-routes.ts'
import { type SmallPage, saySmallPage } from './small-page.ts'

/** What mail programs post is a few words; our judgement. */
const MAX_BODY_BYTES = 16_384

const ended = (name: string): SmallPage => ({
  title: 'You get no more of these mails',
  text: `The monthly value report of ${name} comes to you no longer. Reports that were sent before still open by their links. You can have it back here, now or later.`,
  button: { label: 'Send it to me again', field: 'again' },
})
const resumed = (name: string): SmallPage => ({
  title: 'You get the report again',
  text: `The next value report of ${name} is sent to you when it is made.`,
  button: { label: 'Unsubscribe', field: 'end' },
})
const GONE: SmallPage = {
  title: 'You are not on the list',
  text: 'Nothing is sent to you by this list. To get the report again, ask whoever manages the community.',
}
const UNKNOWN: SmallPage = {
  title: 'This link ends nothing',
  text: 'It was probably copied without its end. Open the link in the mail itself.',
}

export const unsubscribeRoutes =
  ({ pool, secretKey, now }: { pool: pg.Pool; secretKey: string; now: () => Date }) =>
  async (app: FastifyInstance): Promise<void> => {
    // a mail program may post a form of either kind (RFC 8058, 3.2); only our own button's is read
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) => done(null, body))
    const config = { access: 'public', rateLimit: SHARED_RATE_LIMIT } as const
    const schema = { hide: true } as object

    const nameOf = async (communityId: string): Promise<string> => {
      const { rows } = await pool.query<{ name: string }>('select name from community where community_id = $1', [communityId])
      return plainLine(rows[0]?.name ?? 'this community', 120)
    }

    app.get<{ Params: { token: string } }>('/unsubscribe/:token', { schema, config }, async (request, reply) => {
      const ids = readUnsubscribeToken(secretKey, request.params.token)
      if (ids === null) return saySmallPage(reply, 404, UNKNOWN)
      const found = await findSubscription(pool, ids.communityId, ids.subscriptionId)
      if (found === null) return saySmallPage(reply, 200, GONE)
      const name = await nameOf(ids.communityId)
      if (found.unsubscribed_at !== null) return saySmallPage(reply, 200, ended(name))
      return saySmallPage(reply, 200, {
        title: 'No more of these mails?',
        text: `The monthly value report of ${name} is sent to you by mail. One click ends that.`,
        button: { label: 'Unsubscribe', field: 'end' },
      })
    })

    app.post<{ Params: { token: string } }>('/unsubscribe/:token', { schema, config }, async (request, reply) => {
      const ids = readUnsubscribeToken(secretKey, request.params.token)
      if (ids === null) return saySmallPage(reply, 404, UNKNOWN)
      const isAgain = new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('again') === 'yes'
      const found = isAgain
        ? await resumeSubscription(pool, ids.communityId, ids.subscriptionId)
        : await endSubscription(pool, ids.communityId, ids.subscriptionId, now())
      if (found === null) return saySmallPage(reply, 200, GONE)
      const name = await nameOf(ids.communityId)
      return saySmallPage(reply, 200, isAgain ? resumed(name) : ended(name))
    })
  }
