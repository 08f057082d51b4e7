import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { MAIL_STATES, MAILS_A_PAGE, type Mail, mailSchema, mailsSchema, mailTextSchema } from '../../shared/contract/mail.ts'
import { ADMINISTRATORS, MANAGERS } from '../access/access-rule.ts'
import { userOf } from '../access/caller.ts'
import { TRY_DAYS } from '../jobs/deliver-outbox.ts'
import { TEXT_DAYS } from '../jobs/mail-jobs.ts'
import { hideSecrets, shortenAddress } from '../mail/hide-secrets.ts'
import { cancelMail, countMails, findMail, listMails, resendMail, type StoredMail, type Whose } from '../store/outbox-list.ts'
import { ProblemError, sendProblem } from './problem.ts'

type Parts = { pool: pg.Pool; now: () => Date; hasMailServer: boolean; requestDelivery: () => void }

/** A member's address is for the mail alone: whoever looks after mail needs to recognise it, not to learn it. */
const SHORTENED_KINDS: string[] = ['value-ask']

const toContract = (mail: StoredMail): Mail => {
  const isShortened = SHORTENED_KINDS.includes(mail.kind)
  const hide = (text: string) => (isShortened ? text.replaceAll(mail.to_address, shortenAddress(mail.to_address)) : text)
  return {
    mail_id: mail.mail_id,
    community: mail.community_slug === null ? null : { slug: mail.community_slug, name: mail.community_name ?? mail.community_slug },
    kind: mail.kind,
    channel: mail.channel,
    to: { address: hide(mail.to_address), name: mail.to_name, is_shortened: isShortened },
    subject: mail.subject,
    state: mail.state,
    put_at: mail.put_at.toISOString(),
    attempt_count: mail.attempt_count,
    tried_at: mail.tried_at?.toISOString() ?? null,
    next_try_at: mail.state === 'waiting' ? mail.next_try_at.toISOString() : null,
    settled_at: mail.settled_at?.toISOString() ?? null,
    answer: mail.answer === null ? null : hide(mail.answer),
    changed_by: mail.changed_by,
    again_of: mail.again_of,
    sent_again_as: mail.sent_again_as,
    can_resend: mail.can_resend,
    can_cancel: mail.state === 'waiting',
  }
}

const unknownMail = () =>
  new ProblemError({
    status: 404,
    type: 'unknown-mail',
    title: 'No such mail',
    detail: 'There is no such mail here; it may have been removed.',
  })

const query = z.object({
  state: z.enum(MAIL_STATES).optional(),
  before: z.guid().optional().describe('A mail: only those put in before it'),
})

/** The outbox: of a community for its managers, and all of it for administrators. */
export const mailsRoutes =
  ({ pool, now, hasMailServer, requestDelivery }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['mail']

    const list = async (whose: Whose, { state = null, before = null }: { state?: StoredMail['state'] | null; before?: string | null }) => {
      const [found, counts] = await Promise.all([
        listMails(pool, whose, { state, before, limit: MAILS_A_PAGE + 1 }),
        countMails(pool, whose),
      ])
      const mails = found.slice(0, MAILS_A_PAGE)
      return {
        mails: mails.map(toContract),
        next: found.length > MAILS_A_PAGE ? (mails.at(-1)?.mail_id ?? null) : null,
        counts,
        has_server: hasMailServer,
        try_days: TRY_DAYS,
        text_days: TEXT_DAYS,
      }
    }
    const read = async (whose: Whose, mailId: string) => {
      const mail = await findMail(pool, whose, mailId)
      if (mail === null) throw unknownMail()
      const text = (body: string) => (mail.is_text_dropped ? null : hideSecrets(body))
      return { ...toContract(mail), text: text(mail.text_body), html: text(mail.html_body) }
    }
    const resend = async (whose: Whose, mailId: string, request: FastifyRequest, reply: FastifyReply) => {
      const copy = await resendMail(pool, whose, { mailId, userId: userOf(request), now: now() })
      if (copy !== null) {
        requestDelivery()
        return reply.status(201).send(toContract(copy))
      }
      const mail = await findMail(pool, whose, mailId)
      if (mail === null) throw unknownMail()
      return sendProblem(reply, { status: 409, type: 'not-resent', title: 'Not sent again', detail: sayWhyNot(mail) })
    }
    const cancel = async (whose: Whose, mailId: string, request: FastifyRequest, reply: FastifyReply) => {
      const isCancelled = await cancelMail(pool, whose, { mailId, userId: userOf(request), now: now() })
      const mail = await findMail(pool, whose, mailId)
      if (mail === null) throw unknownMail()
      if (isCancelled) return reply.send(toContract(mail))
      return sendProblem(reply, {
        status: 409,
        type: 'not-cancelled',
        title: 'Not taken back',
        detail: 'Only a mail that waits can be taken back; this one does not wait any more.',
      })
    }

    const places = [
      { path: '/api/v1/communities/:slug/mails', access: MANAGERS, params: z.object({ slug: z.string() }), of: 'of a community' },
      { path: '/api/v1/mails', access: ADMINISTRATORS, params: z.object({}), of: 'of this server' },
    ]
    for (const { path, access, params, of } of places) {
      const config = { access }
      const oneParams = params.extend({ mail_id: z.guid() })
      const whoseOf = (request: FastifyRequest): Whose =>
        access === MANAGERS ? (request.community as { community_id: string }).community_id : null
      app.get(
        path,
        {
          config,
          schema: { summary: `The mail ${of}, the newest first`, tags, params, querystring: query, response: { 200: mailsSchema } },
        },
        async (request) => list(whoseOf(request), request.query),
      )
      app.get(
        `${path}/:mail_id`,
        { config, schema: { summary: `One mail ${of}, with its text`, tags, params: oneParams, response: { 200: mailTextSchema } } },
        async (request) => read(whoseOf(request), request.params.mail_id),
      )
      app.post(
        `${path}/:mail_id/resend`,
        {
          config,
          schema: {
            summary: 'Send once more a mail that did not arrive, or of which nobody knows; each at most once',
            tags,
            params: oneParams,
            response: { 201: mailSchema },
          },
        },
        async (request, reply) => resend(whoseOf(request), request.params.mail_id, request, reply),
      )
      app.post(
        `${path}/:mail_id/cancel`,
        { config, schema: { summary: 'Take back a mail that waits', tags, params: oneParams, response: { 200: mailSchema } } },
        async (request, reply) => cancel(whoseOf(request), request.params.mail_id, request, reply),
      )
    }
  }

const sayWhyNot = (mail: StoredMail & { is_text_dropped: boolean }): string => {
  if (mail.sent_again_as !== null) return 'It has been sent again already. If that copy did not arrive either, send the copy again.'
  if (mail.state === 'sent') return 'The mail server took it.'
  if (mail.state === 'waiting' || mail.state === 'sending') return 'It is still going to be sent.'
  if (mail.is_text_dropped) return `Its text is not kept any more: it ended more than ${TEXT_DAYS} days ago.`
  if (SHORTENED_KINDS.includes(mail.kind)) return 'A member is not asked twice.'
  return 'Its recipient wants no more mail of this kind.'
}
