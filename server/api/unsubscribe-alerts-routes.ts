/**
 * The page behind the link that ends the alerts of a community, or the weekly digests. To fetch it does nothing, since scanners fetch every
 * link of a mail; its buttons post, and so do mail programs of themselves, without cookies (RFC 8058).
 */
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { AlertWay } from '../../shared/contract/alert-recipient.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { readToldToken, type Told } from '../jobs/alert-links.ts'
import { findAlertRecipient } from '../store/alert-recipients.ts'
import { listDigested } from '../store/alert-digests.ts'
import { takeBackMails } from '../store/outbox-list.ts'
import { setAlertRecipient } from '../store/set-alert-recipient.ts'
import { SHARED_RATE_LIMIT } from './shared-reports-routes.ts'
import { type SmallPage, saySmallPage } from './small-page.ts'

/** What mail programs post is a few words; our judgement. */
const MAX_BODY_BYTES = 16_384

const AGAIN = { label: 'Send me each as it comes', field: 'again' }
const DIGEST = { label: 'A weekly digest instead', field: 'digest' }
const END = { label: 'Unsubscribe', field: 'end' }

const PAGES: Record<AlertWay, (name: string) => SmallPage> = {
  none: (name) => ({
    title: 'You get no more of these mails',
    text: `You are told of no more alerts of ${name}, neither each as it comes nor once a week. You can have them back here, now or later.`,
    button: DIGEST,
    other: AGAIN,
  }),
  digest: (name) => ({
    title: 'You get a weekly digest',
    text: `What is noticed in ${name} in a week comes in one mail on Monday morning, and nothing in a week without.`,
    button: END,
    other: AGAIN,
  }),
  each: (name) => ({
    title: 'You get each alert as it comes',
    text: `You are told of what is noticed in ${name}. One click ends that, or makes it one mail a week.`,
    button: END,
    other: DIGEST,
  }),
}
const ASKED = (name: string): SmallPage => ({ ...PAGES.each(name), title: 'No more of these mails?' })
const ALL: SmallPage = {
  title: 'No more weekly digests?',
  text: 'What is noticed in your communities in a week comes to you in one mail on Monday morning. One click ends that for all of them.',
  button: END,
}
const ALL_ENDED: SmallPage = {
  title: 'You get no more of these mails',
  text: 'You are told of no more alerts of the communities that were in your digest. On the Alerts page of each you can have them again; if you have no account, ask its manager.',
}
const GONE: SmallPage = {
  title: 'You are not on the list',
  text: 'Nothing is sent to you by this list. To be told of alerts again, ask whoever manages the community.',
}
const UNKNOWN: SmallPage = {
  title: 'This link ends nothing',
  text: 'It was probably copied without its end. Open the link in the mail itself.',
}

export const unsubscribeAlertsRoutes =
  ({ pool, secretKey, now }: { pool: pg.Pool; secretKey: string; now: () => Date }) =>
  async (app: FastifyInstance): Promise<void> => {
    // a mail program may post a form of either kind (RFC 8058, 3.2); only our own buttons' are read
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) => done(null, body))
    const options = { schema: { hide: true } as object, config: { access: 'public', rateLimit: SHARED_RATE_LIMIT } as const }

    const nameOf = async (communityId: string): Promise<string> => {
      const { rows } = await pool.query<{ name: string }>('select name from community where community_id = $1', [communityId])
      return plainLine(rows[0]?.name ?? 'this community', 120)
    }
    const set = (communityId: string, key: string, how: AlertWay) =>
      setAlertRecipient(pool, { communityId, key, how, version: null, isOwn: true, byUserId: null, now: now() })

    /** One that has not left yet is not sent, and one that failed is not sent again by hand. */
    const takeBackDigests = (toAddress: string) =>
      takeBackMails(
        pool,
        { communityId: null, kinds: ['alert-digest'], toAddress },
        'They wanted no more of these before this was sent.',
        now(),
      )

    const endDigests = async (told: Told): Promise<SmallPage> => {
      for (const { communityId, key } of await listDigested(pool, told.recipientKey)) {
        const outcome = await set(communityId, key, 'none')
        if (typeof outcome === 'object' && 'set' in outcome) await takeBackDigests(outcome.set.address)
      }
      return ALL_ENDED
    }

    app.get<{ Params: { token: string } }>('/unsubscribe-alerts/:token', options, async (request, reply) => {
      const told = readToldToken(secretKey, request.params.token)
      if (told === null) return saySmallPage(reply, 404, UNKNOWN)
      if (told.communityId === null)
        return saySmallPage(reply, 200, (await listDigested(pool, told.recipientKey)).length === 0 ? ALL_ENDED : ALL)
      const found = await findAlertRecipient(pool, told.communityId, told.recipientKey)
      if (found === null) return saySmallPage(reply, 200, GONE)
      const name = await nameOf(told.communityId)
      return saySmallPage(reply, 200, found.how === 'each' ? ASKED(name) : PAGES[found.how](name))
    })

    app.post<{ Params: { token: string } }>('/unsubscribe-alerts/:token', options, async (request, reply) => {
      const told = readToldToken(secretKey, request.params.token)
      if (told === null) return saySmallPage(reply, 404, UNKNOWN)
      if (told.communityId === null) return saySmallPage(reply, 200, await endDigests(told))
      const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
      const how = fields.get('again') === 'yes' ? 'each' : fields.get('digest') === 'yes' ? 'digest' : 'none'
      const outcome = await set(told.communityId, told.recipientKey, how)
      if (!(typeof outcome === 'object' && 'set' in outcome)) return saySmallPage(reply, 200, GONE)
      return saySmallPage(reply, 200, PAGES[outcome.set.how](await nameOf(told.communityId)))
    })
  }
