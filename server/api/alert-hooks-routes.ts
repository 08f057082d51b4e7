import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import {
  type Hook,
  type HookKind,
  hookChangeSchema,
  hookInputSchema,
  hookSchema,
  hooksSchema,
  madeHookSchema,
  MOST_HOOKS,
} from '../../shared/contract/alert-hook.ts'
import { formatInstant } from '../../shared/format.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { addHookTest } from '../jobs/alert-hooks.ts'
import { type HookAddress, readHookAddress } from '../mail/read-hook-address.ts'
import { makeWebhookSecret } from '../mail/sign-webhook.ts'
import {
  addHook,
  changeHook,
  countHookTests,
  findHook,
  type HookChanged,
  listHooks,
  removeHook,
  rotateSecret,
  type StoredHook,
} from '../store/alert-hooks.ts'
import { ProblemError, sendProblem } from './problem.ts'
import { communityOf } from './reading-request.ts'

type Parts = {
  pool: pg.Pool
  secretKey: string
  baseUrl: string
  toPrivate: boolean
  now: () => Date
  requestDelivery: () => void
}

const HOUR_MS = 3_600_000
/** Our judgement: enough to get a receiver to work, which takes some tries. */
const MOST_HOOK_TESTS_AN_HOUR = 20

const PATH = '/api/v1/communities/:slug/alert-hooks'

const iso = (time: Date | string): string => new Date(time).toISOString()
const isoOrNull = (time: Date | string | null): string | null => (time === null ? null : iso(time))

const toContract = ({ last, ...hook }: StoredHook, now: Date): Hook => ({
  ...hook,
  old_secret_until: hook.old_secret_until !== null && hook.old_secret_until > now ? iso(hook.old_secret_until) : null,
  created_at: iso(hook.created_at),
  updated_at: iso(hook.updated_at),
  last:
    last === null
      ? null
      : {
          mail_id: last.mail_id,
          subject: last.subject,
          is_test: last.kind === 'test',
          state: last.state,
          put_at: iso(last.put_at),
          tried_at: isoOrNull(last.tried_at),
          next_try_at: last.state === 'waiting' ? iso(last.next_try_at) : null,
          settled_at: isoOrNull(last.settled_at),
          attempt_count: last.attempt_count,
          answer: last.answer,
        },
})

const unknownHook = () =>
  new ProblemError({
    status: 404,
    type: 'unknown-hook',
    title: 'No such hook',
    detail: 'This community has no such hook; it may have been removed.',
  })

/** Where alerts go besides mail: signed webhooks, and messages to a chat. */
export const alertHooksRoutes =
  ({ pool, secretKey, baseUrl, toPrivate, now, requestDelivery }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const config = { access: MANAGERS }
    const tags = ['alerts']
    const params = z.object({ slug: z.string() })
    const oneParams = params.extend({ id: z.guid() })
    const versionOf = z.object({
      version: z.int().min(1).describe('The version that was seen: refused with 409 when another stands by now'),
    })

    const readAddress = (text: string, kind: HookKind): HookAddress => {
      const found = readHookAddress(text, kind, { toPrivate })
      if (typeof found === 'string')
        throw new ProblemError({ status: 422, type: 'bad-address', title: 'This address cannot be used', detail: found })
      return found
    }
    const placeOf = (request: FastifyRequest, hookId: string, version: number) => ({
      communityId: communityOf(request).community_id,
      hookId,
      version,
      userId: userOf(request),
      now: now(),
    })
    /** Two who change the same: the later one is told what stands now, and by whom. */
    const answerConflict = (request: FastifyRequest, reply: FastifyReply, found: HookChanged) => {
      if (found === 'unknown') throw unknownHook()
      if ('changed' in found) return null
      const { updated_by, updated_at } = found.other
      return sendProblem(reply, {
        status: 409,
        type: 'hook-changed',
        title: 'Changed meanwhile',
        detail: `${updated_by ?? 'Somebody'} changed this hook on ${formatInstant(iso(updated_at), communityOf(request).time_zone)}, after you had opened it.`,
        current: toContract(found.other, now()),
      })
    }
    const changedOf = (found: HookChanged): Hook => toContract((found as { changed: StoredHook }).changed, now())

    app.get(
      PATH,
      {
        config,
        schema: { summary: 'Where alerts go besides mail, and whether they arrive', tags, params, response: { 200: hooksSchema } },
      },
      async (request) => {
        const hooks = await listHooks(pool, communityOf(request).community_id)
        return { hooks: hooks.map((hook) => toContract(hook, now())), to_private: toPrivate }
      },
    )

    app.post(
      PATH,
      {
        config,
        schema: {
          summary: 'Send alerts to a webhook or a chat; the secret of a webhook is shown this once',
          tags,
          params,
          body: hookInputSchema,
          response: { 201: madeHookSchema },
        },
      },
      async (request, reply) => {
        const { kind, label, rules } = request.body
        const { url, host } = readAddress(request.body.address, kind)
        const secret = kind === 'webhook' ? makeWebhookSecret() : null
        const { community_id: communityId } = communityOf(request)
        const made = { communityId, kind, label, rules, address: url.href, host, secret, userId: userOf(request), now: now() }
        const added = await addHook(pool, secretKey, made)
        if (added === 'gone') throw unknownHook()
        if (added === 'too_many')
          return sendProblem(reply, {
            status: 422,
            type: 'too-many-hooks',
            title: 'Too many hooks',
            detail: `A community has at most ${MOST_HOOKS} hooks. Remove one that is of no use any more.`,
          })
        return reply.status(201).send({ ...toContract(added, now()), secret })
      },
    )

    app.put(
      `${PATH}/:id`,
      {
        config,
        schema: {
          summary: 'Change a hook, of the version that it was made of',
          tags,
          params: oneParams,
          body: hookChangeSchema,
          response: { 200: hookSchema },
        },
      },
      async (request, reply) => {
        const { version, label, rules, is_on: isOn, address } = request.body
        const place = placeOf(request, request.params.id, version)
        const stands = address === null ? null : await findHook(pool, place.communityId, place.hookId)
        if (address !== null && stands === null) throw unknownHook()
        const read = address === null || stands === null ? null : readAddress(address, stands.kind)
        const typed = read === null ? null : { text: read.url.href, host: read.host }
        const found = await changeHook(pool, secretKey, { ...place, label, rules, isOn, address: typed })
        return answerConflict(request, reply, found) ?? changedOf(found)
      },
    )

    app.post(
      `${PATH}/:id/secret`,
      {
        config,
        schema: {
          summary: 'Give a webhook another secret, shown this once; the one before it signs as well for a day',
          tags,
          params: oneParams,
          body: versionOf,
          response: { 200: madeHookSchema },
        },
      },
      async (request, reply) => {
        const place = placeOf(request, request.params.id, request.body.version)
        const stands = await findHook(pool, place.communityId, place.hookId)
        if (stands === null) throw unknownHook()
        if (stands.kind !== 'webhook')
          return sendProblem(reply, {
            status: 422,
            type: 'no-secret',
            title: 'It has no secret',
            detail: 'A message to a chat is not signed: its address is the secret. Ask the chat for another one, and give that here.',
          })
        const secret = makeWebhookSecret()
        const found = await rotateSecret(pool, secretKey, { ...place, secret })
        return answerConflict(request, reply, found) ?? { ...changedOf(found), secret }
      },
    )

    app.post(
      `${PATH}/:id/test`,
      { config, schema: { summary: 'Send a test, which says that it is one', tags, params: oneParams, response: { 202: hookSchema } } },
      async (request, reply) => {
        const community = communityOf(request)
        const hook = await findHook(pool, community.community_id, request.params.id)
        if (hook === null) throw unknownHook()
        const refuse = (detail: string) => sendProblem(reply, { status: 409, type: 'not-tested', title: 'No test was sent', detail })
        if (!hook.is_on) return refuse('This hook is switched off. Switch it on first.')
        if (hook.last?.kind === 'test' && (hook.last.state === 'waiting' || hook.last.state === 'sending'))
          return refuse('The test before this one is still on its way.')
        // whoever may add a hook must not be able to knock at a stranger's door without end
        if ((await countHookTests(pool, hook.hook_id, new Date(now().getTime() - HOUR_MS))) >= MOST_HOOK_TESTS_AN_HOUR)
          return sendProblem(reply, {
            status: 429,
            type: 'too-many-tests',
            title: 'That were enough tests for now',
            detail: `A hook gets at most ${MOST_HOOK_TESTS_AN_HOUR} tests an hour. Try again later.`,
            retryAfter: HOUR_MS / 1000,
          })
        await addHookTest(pool, community, hook, { baseUrl, now: now() })
        requestDelivery()
        const found = await findHook(pool, community.community_id, request.params.id)
        if (found === null) throw unknownHook()
        return reply.status(202).send(toContract(found, now()))
      },
    )

    app.delete(
      `${PATH}/:id`,
      {
        config,
        schema: {
          summary: 'Remove a hook, of the version that was seen; what waits for it is not sent',
          tags,
          params: oneParams,
          querystring: z.object({ version: z.coerce.number().int().min(1) }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const found = await removeHook(pool, placeOf(request, request.params.id, request.query.version))
        return answerConflict(request, reply, found) ?? reply.status(204).send(null)
      },
    )
  }
