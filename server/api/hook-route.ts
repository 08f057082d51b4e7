/** `POST /api/v1/hooks/:hook_id`: where Discourse and GitHub send what happens. What is answered as accepted is durable. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { deliveryAnswerSchema, MAX_DELIVERY_BYTES, type WebhookKind } from '../../shared/contract/webhook.ts'
import { openSecret } from '../store/seal-secret.ts'
import { readWebhookWord } from '../access/webhook-address.ts'
import { isSignedBy } from '../access/webhook-signature.ts'
import type { Delivery } from '../ingest/sources/delivery.ts'
import { readDiscourseDelivery } from '../ingest/sources/discourse/read-delivery.ts'
import { readGithubDelivery } from '../ingest/sources/github/read-delivery.ts'
import { isObject, type JsonObject } from '../ingest/sources/json-fields.ts'
import { UnknownCommunityError } from '../store/append-events.ts'
import type { Database } from '../store/connection.ts'
import { type TakenDelivery, takeDelivery } from '../store/take-delivery.ts'
import { findWebhook, noteDelivery, noteRefusal } from '../store/webhooks.ts'
import { describeFailure, ProblemError, type ProblemInput, problemOf, sendProblem } from './problem.ts'

type Parts = {
  db: Database
  secretKey: string
  now: () => Date
  /** Told when events were stored. */
  onAppended: (communityId: string, acceptedCount: number) => void
}

type Kind = {
  signature: string
  event: string
  read: (event: string, body: JsonObject, source: string, now: Date, site: string | null) => Delivery
}
const KINDS: Record<WebhookKind, Kind> = {
  discourse: { signature: 'x-discourse-event-signature', event: 'x-discourse-event', read: readDiscourseDelivery },
  github: { signature: 'x-hub-signature-256', event: 'x-github-event', read: readGithubDelivery },
}

const NO_FEED: ProblemInput = {
  status: 404,
  type: 'no-feed',
  title: 'There is no such feed',
  detail: 'No feed has this address; it may have been deleted. Take the webhook away where it is sent from.',
}
const BAD_SIGNATURE: ProblemInput = {
  status: 401,
  type: 'bad-signature',
  title: 'The signature is missing or wrong',
  detail: 'The body must be signed with the secret that was shown when the feed was made. Nothing was stored.',
}
const LOST_SECRET: ProblemInput = {
  status: 503,
  type: 'lost-secret',
  title: 'This feed cannot be checked',
  detail: 'The SECRET_KEY of this server is another one than when the feed was made: set it back, or make the feed anew.',
}

const headerOf = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

/** Where a Discourse stands, for links to the originals; it may lie in a folder. GitHub says the address of everything itself. */
const siteOf = (request: FastifyRequest): string | null => {
  const site = URL.parse(headerOf(request, 'x-discourse-instance'))
  return site !== null && /^https?:$/.test(site.protocol) ? `${site.origin}${site.pathname.replace(/\/+$/, '')}`.slice(0, 2000) : null
}

/** GitHub can send a form with the JSON in its field `payload`; the signature is over the form as it came. Discourse sends JSON whatever it calls it. */
const readBody = (bytes: Buffer): JsonObject => {
  const isForm = bytes.subarray(0, 8).toString('latin1') === 'payload='
  let body: unknown
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    body = JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text)
  } catch {
    body = null
  }
  if (isObject(body)) return body
  throw new ProblemError({ status: 400, type: 'malformed-json', title: 'The body is no JSON object', detail: 'Nothing was stored.' })
}

const sayOutcome = ({ ignored }: Delivery, { accepted, duplicate, conflict }: TakenDelivery): string => {
  if (ignored !== null) return `not read (${ignored})`
  const said = [
    accepted > 0 ? `${accepted} ${accepted === 1 ? 'event' : 'events'} stored` : null,
    duplicate > 0 ? `${duplicate} known already` : null,
    conflict > 0 ? `${conflict} known with another content, left as it was` : null,
  ].filter((part) => part !== null)
  return said.length === 0 ? 'nothing to store' : said.join(', ')
}

/** The plugin with the route. It needs the bytes as they came, so its parsers stay its own. */
export const hookRoute =
  ({ db, secretKey, now, onAppended }: Parts) =>
  async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_DELIVERY_BYTES }, (_request, body, done) => done(null, body))

    const take = async (communityId: string, webhookId: string, request: FastifyRequest, reply: FastifyReply) => {
      const hook = await findWebhook(db.pool, communityId, webhookId)
      if (hook === null) return sendProblem(reply, NO_FEED)
      const secret = openSecret(secretKey, webhookId, hook.sealed_secret)
      if (secret === null) return sendProblem(reply, LOST_SECRET)
      const kind = KINDS[hook.kind]
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (!isSignedBy(secret, bytes, request.headers[kind.signature])) {
        await noteRefusal(db.pool, communityId, webhookId, now())
        // a refusal without a challenge is none
        return sendProblem(reply.header('www-authenticate', 'Signature'), BAD_SIGNATURE)
      }
      const event = headerOf(request, kind.event)
      const note = (status: number, outcome: string, accepted = 0, isIgnored = false) =>
        noteDelivery(db.pool, communityId, webhookId, { event, status, outcome, accepted, isIgnored, now: now() })
      try {
        const delivery = kind.read(event, readBody(bytes), hook.source, now(), siteOf(request))
        const taken = await takeDelivery(db, delivery, { communityId, source: hook.source, now: now() })
        if (taken.accepted > 0) onAppended(communityId, taken.accepted)
        const [problem] = taken.problems
        if (problem !== undefined) {
          const detail = `${event}: ${problem.pointer === '' ? '' : `${problem.pointer}: `}${problem.message}`
          await note(422, detail, taken.accepted)
          return sendProblem(reply, {
            status: 422,
            type: 'not-taken',
            title: 'The delivery cannot be taken',
            detail,
            problems: taken.problems,
          })
        }
        await note(200, sayOutcome(delivery, taken), taken.accepted, delivery.ignored !== null)
        return reply.send({
          accepted: taken.accepted,
          duplicate: taken.duplicate,
          conflict: taken.conflict,
          ignored: delivery.ignored,
        })
      } catch (error) {
        if (error instanceof UnknownCommunityError) return sendProblem(reply, NO_FEED)
        if (!(error instanceof ProblemError)) throw error
        await note(error.problem.status, error.problem.title)
        return sendProblem(reply, error.problem)
      }
    }

    app.post<{ Params: { hook_id: string } }>(
      '/api/v1/hooks/:hook_id',
      {
        config: { access: 'public' },
        schema: {
          summary: 'Take a delivery of a live feed, signed by Discourse or GitHub',
          tags: ['events'],
          response: { 200: deliveryAnswerSchema },
        },
      },
      async (request, reply) => {
        const address = readWebhookWord(request.params.hook_id)
        if (address === null) return sendProblem(reply, NO_FEED)
        try {
          return await take(address.communityId, address.webhookId, request, reply)
        } catch (error) {
          // whatever it was, the sender is to try again: a repeat stores nothing twice
          const problem = problemOf(error)
          request.log.error({ err: describeFailure(error) }, 'a delivery could not be stored')
          return sendProblem(reply, problem.status === 500 ? { ...problem, status: 503, retryAfter: 60 } : problem)
        }
      },
    )
  }
