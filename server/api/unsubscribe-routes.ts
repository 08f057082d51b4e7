/**
 * The page behind the link that ends a subscription. To fetch it does nothing, since scanners fetch every link of a mail; its button
 * posts, and so do mail programs of themselves, without cookies (RFC 8058).
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type pg from 'pg'
import { plainLine } from '../../shared/plain-text.ts'
import { escapeHtml } from '../mail/mail-page.ts'
import { readUnsubscribeToken } from '../report/report-token.ts'
import { endSubscription, findSubscription, resumeSubscription } from '../store/report-subscriptions.ts'
import { SHARED_RATE_LIMIT, UNLISTED_HEADERS } from './shared-reports-routes.ts'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
/** What mail programs post is a few words; our judgement. */
const MAX_BODY_BYTES = 16_384

type Page = { title: string; text: string; button?: { label: string; field: string } }

const render = ({ title, text, button }: Page): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>:root{color-scheme:light dark}body{font:18px/1.5 Georgia,serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}button{font:inherit;padding:.5rem 1.5rem;cursor:pointer}</style></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>
${button === undefined ? '' : `<form method="post"><input type="hidden" name="${button.field}" value="yes"><button>${escapeHtml(button.label)}</button></form>`}</main></body></html>
`

const say = (reply: FastifyReply, status: number, page: Page) =>
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .headers({ ...UNLISTED_HEADERS, 'content-security-policy': POLICY })
    .send(render(page))

const ended = (name: string): Page => ({
  title: 'You get no more of these mails',
  text: `The monthly value report of ${name} comes to you no longer. Reports that were sent before still open by their links. You can have it back here, now or later.`,
  button: { label: 'Send it to me again', field: 'again' },
})
const resumed = (name: string): Page => ({
  title: 'You get the report again',
  text: `The next value report of ${name} is sent to you when it is made.`,
  button: { label: 'Unsubscribe', field: 'end' },
})
const GONE: Page = {
  title: 'You are not on the list',
  text: 'Nothing is sent to you by this list. To get the report again, ask whoever manages the community.',
}
const UNKNOWN: Page = {
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
      if (ids === null) return say(reply, 404, UNKNOWN)
      const found = await findSubscription(pool, ids.communityId, ids.subscriptionId)
      if (found === null) return say(reply, 200, GONE)
      const name = await nameOf(ids.communityId)
      if (found.unsubscribed_at !== null) return say(reply, 200, ended(name))
      return say(reply, 200, {
        title: 'No more of these mails?',
        text: `The monthly value report of ${name} is sent to you by mail. One click ends that.`,
        button: { label: 'Unsubscribe', field: 'end' },
      })
    })

    app.post<{ Params: { token: string } }>('/unsubscribe/:token', { schema, config }, async (request, reply) => {
      const ids = readUnsubscribeToken(secretKey, request.params.token)
      if (ids === null) return say(reply, 404, UNKNOWN)
      const isAgain = new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('again') === 'yes'
      const found = isAgain
        ? await resumeSubscription(pool, ids.communityId, ids.subscriptionId)
        : await endSubscription(pool, ids.communityId, ids.subscriptionId, now())
      if (found === null) return say(reply, 200, GONE)
      const name = await nameOf(ids.communityId)
      return say(reply, 200, isAgain ? resumed(name) : ended(name))
    })
  }
