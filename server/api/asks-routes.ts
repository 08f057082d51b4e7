import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  askInputSchema,
  askSettingSchema,
  asksSchema,
  contactAnswerSchema,
  contactInputSchema,
  contactsSchema,
  madeAskSchema,
  MAX_CONTACT_LINES,
} from '../../shared/contract/ask.ts'
import { MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { composeAskMail } from '../jobs/ask-mail.ts'
import { buildAsks, toMadeAsk } from '../report/asks/build-asks.ts'
import { linkEnd, makeAsk } from '../report/asks/make-ask.ts'
import { readContactLines } from '../report/asks/read-contact-lines.ts'
import type { Database } from '../store/connection.ts'
import {
  addContacts,
  type ContactOutcome,
  countContacts,
  listContacts,
  removeAllContacts,
  removeContact,
} from '../store/member-contacts.ts'
import { listAsks, markPosted, readAskSetting, takeBackAsk, writeAskSetting } from '../store/value-asks.ts'
import { ProblemError } from './problem.ts'
import { communityOf } from './reading-request.ts'

type Parts = {
  db: Database
  secretKey: string
  baseUrl: string
  /** This server can send mail. */
  hasMailServer: boolean
  now: () => Date
  requestDelivery: () => void
}

const PATH = '/api/v1/communities/:slug'
const MOST_CONTACTS = 1_000
const MOST_LEFT_OUT = 200

const LEFT_OUT: Partial<Record<ContactOutcome, string>> = {
  unknown: 'No account of this community goes by it, as far as its events tell.',
  ambiguous: 'Several people have this id in different sources: write the source before it.',
  opted_out: 'This person asked not to be asked.',
}

const unknownAsk = () =>
  new ProblemError({
    status: 404,
    type: 'unknown-ask',
    title: 'No such ask',
    detail: 'It was taken back, or never made. Load the page again.',
  })

/** Asking askers: who may be asked, who was, and the addresses that managers gave for it. */
export const asksRoutes =
  ({ db, secretKey, baseUrl, hasMailServer, now, requestDelivery }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const { pool } = db
    const tags = ['asking']
    const params = z.object({ slug: z.string() })
    const askParams = params.extend({ ask_id: z.guid() })
    const config = { access: MANAGERS }
    const partsNow = () => ({ secretKey, baseUrl, now: now(), canMail: hasMailServer })

    const readOne = async (request: FastifyRequest, askId: string) => {
      const community = communityOf(request)
      const [stored] = await listAsks(pool, community.community_id, { now: now(), limit: 1, askId })
      if (stored === undefined) throw unknownAsk()
      return toMadeAsk(stored, community, partsNow())
    }

    app.get(
      `${PATH}/asks`,
      {
        config,
        schema: {
          summary: 'Who may be asked whether an answer helped, who was, and what came of it',
          tags,
          params,
          response: { 200: asksSchema },
        },
      },
      async (request) => buildAsks(pool, communityOf(request), partsNow()),
    )

    app.post(
      `${PATH}/asks`,
      {
        config,
        schema: {
          summary: 'Ask about a question: make the link to post, or send the mail',
          tags,
          params,
          body: askInputSchema,
          response: { 201: madeAskSchema },
        },
      },
      async (request, reply) => {
        const community = communityOf(request)
        const { how, question } = request.body
        if (how === 'mail' && !hasMailServer)
          throw new ProblemError({
            status: 409,
            type: 'no-mail-server',
            title: 'This server sends no mail',
            detail: 'No mail server is set (SMTP_URL). Make a link instead, and send it yourself.',
          })
        const made = await makeAsk(pool, {
          communityId: community.community_id,
          askId: randomUUID(),
          questionKey: question,
          now: now(),
          by: userOf(request),
          mail:
            how === 'link'
              ? null
              : ({ askId, asker: { asked_at, channel, display_name } }) =>
                  composeAskMail(
                    { secretKey, baseUrl },
                    { communityId: community.community_id, askId },
                    { asked_at, channel, display_name, community_name: community.name, time_zone: community.time_zone },
                  ),
        })
        if ('refused' in made)
          throw new ProblemError(
            made.refused === 'no_address'
              ? {
                  status: 409,
                  type: 'no-address',
                  title: 'No address is known',
                  detail: 'Give the address of the asker first, or make a link.',
                }
              : {
                  status: 409,
                  type: 'not-askable',
                  title: 'This cannot be asked now',
                  detail:
                    'Somebody asked meanwhile, the asker was asked this week or does not want to be, or the question has changed. Load the page again.',
                },
          )
        if (how === 'mail') requestDelivery()
        return reply.status(201).send(await readOne(request, made.askId))
      },
    )

    app.put(
      `${PATH}/asks/setting`,
      {
        config,
        schema: {
          summary: 'Whether askers whose address is known are mailed by themselves',
          tags,
          params,
          body: askSettingSchema,
          response: { 200: askSettingSchema },
        },
      },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        const written = await writeAskSetting(pool, { communityId, ...request.body, now: now(), by: userOf(request) })
        if (written !== null) return written
        throw new ProblemError({
          status: 409,
          type: 'ask-setting-changed',
          title: 'Changed meanwhile',
          detail: 'Somebody else changed this after you had opened the page. What stands now is shown.',
          current: await readAskSetting(pool, communityId),
        })
      },
    )

    app.put(
      `${PATH}/asks/:ask_id/posted`,
      { config, schema: { summary: 'The link was posted: its days begin now', tags, params: askParams, response: { 200: madeAskSchema } } },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        const at = now()
        const isThere = await markPosted(pool, { communityId, askId: request.params.ask_id, now: at, expiresAt: linkEnd(at) })
        if (!isThere) throw unknownAsk()
        return readOne(request, request.params.ask_id)
      },
    )

    app.delete(
      `${PATH}/asks/:ask_id`,
      {
        config,
        schema: {
          summary: 'Take back a link that was not posted, or a mail that was not sent; its link opens nothing any more',
          tags,
          params: askParams,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        if (!(await takeBackAsk(pool, communityOf(request).community_id, request.params.ask_id))) throw unknownAsk()
        return reply.status(204).send(null)
      },
    )

    app.get(
      `${PATH}/contacts`,
      { config, schema: { summary: 'The addresses that managers gave for asking', tags, params, response: { 200: contactsSchema } } },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        const found = await listContacts(pool, communityId, MOST_CONTACTS)
        return {
          contacts: found.map(({ identity_key, source_actor_id, added_at, ...rest }) => ({
            id: identity_key,
            actor_id: source_actor_id,
            added_at: added_at.toISOString(),
            ...rest,
          })),
          total: await countContacts(pool, communityId),
        }
      },
    )

    app.put(
      `${PATH}/contacts`,
      {
        config,
        bodyLimit: 1024 * 1024,
        schema: {
          summary: 'Give addresses of members, for asking and nothing else',
          tags,
          params,
          body: contactInputSchema,
          response: { 200: contactAnswerSchema },
        },
      },
      async (request) => {
        const { contacts, problems } = readContactLines(request.body.text)
        if (contacts.length + problems.length > MAX_CONTACT_LINES)
          throw new ProblemError({
            status: 422,
            type: 'too-many-lines',
            title: 'Too many lines',
            detail: `Give at most ${MAX_CONTACT_LINES} lines at once. Nothing was stored.`,
          })
        const { community_id: communityId } = communityOf(request)
        const outcomes = await addContacts(pool, { communityId, contacts, now: now(), by: userOf(request) })
        const lines = request.body.text.split(/\r\n?|\n/u)
        const left = [
          ...problems,
          ...contacts.flatMap(({ line, address }, at) => {
            const reason = LEFT_OUT[outcomes[at] as ContactOutcome]
            return reason === undefined ? [] : [{ line, text: (lines[line - 1] ?? address).slice(0, 80), reason }]
          }),
        ].sort((a, b) => a.line - b.line)
        return {
          added: outcomes.filter((one) => one === 'added').length,
          same: outcomes.filter((one) => one === 'same').length,
          left_out: left.slice(0, MOST_LEFT_OUT),
          left_out_count: left.length,
        }
      },
    )

    app.delete(
      `${PATH}/contacts/:id`,
      { config, schema: { summary: 'Forget an address', tags, params: params.extend({ id: z.guid() }), response: { 204: z.null() } } },
      async (request, reply) => {
        if (await removeContact(pool, communityOf(request).community_id, request.params.id)) return reply.status(204).send(null)
        throw new ProblemError({
          status: 404,
          type: 'unknown-contact',
          title: 'No such address',
          detail: 'It may have been forgotten already.',
        })
      },
    )

    app.delete(
      `${PATH}/contacts`,
      { config, schema: { summary: 'Forget all addresses', tags, params, response: { 200: z.object({ removed: z.int() }) } } },
      async (request) => ({ removed: await removeAllContacts(pool, communityOf(request).community_id) }),
    )
  }
