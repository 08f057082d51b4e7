import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { z } from 'zod'
import { ALERT_RULES, type AlertRuleId } from '../../shared/contract/alert.ts'
import {
  type AlertRecipient,
  alertRecipientChangeSchema,
  alertRecipientInputSchema,
  alertRecipientSchema,
  alertRecipientsSchema,
  MAX_ALERT_ADDRESSES,
} from '../../shared/contract/alert-recipient.ts'
import { addressKey } from '../../shared/contract/report-subscription.ts'
import { type Access, MANAGERS, READERS } from '../access/access-rule.ts'
import { type Person, roleIn, userOf } from '../access/caller.ts'
import { ruleOf } from '../alerts/catalogue.ts'
import { findAlertRecipient, isToldOf, keyOfUser, listAlertPeople, type StoredAlertRecipient } from '../store/alert-recipients.ts'
import {
  addAlertAddress,
  type LastAlertMail,
  readLastAlertMails,
  removeAlertRecipient,
  type SetOutcome,
  setAlertRecipient,
} from '../store/set-alert-recipient.ts'
import { ProblemError, sendProblem } from './problem.ts'
import { communityOf } from './reading-request.ts'
import { goneProblem } from './reports-routes.ts'

type Parts = { pool: pg.Pool; now: () => Date }

export const RECIPIENTS_PATH = '/api/v1/communities/:slug/alert-recipients'
/** Everybody who may see the community; a key is nobody who reads mail. */
const PEOPLE: Access = { community: READERS.community }

export const recipientParams = z.object({ slug: z.string(), id: z.string().regex(/^[ur]-[\w-]{1,80}$/, 'an id begins with u- or r-') })

// the door lets only people in
const personOf = (request: FastifyRequest) => request.caller as Person
const mayManage = (request: FastifyRequest): boolean => {
  const role = roleIn(personOf(request), communityOf(request).community_id)
  return role === 'administrator' || role === 'manager'
}

const rulesOf = (of: Pick<StoredAlertRecipient, 'rules' | 'role' | 'has_manager'>): AlertRuleId[] =>
  ALERT_RULES.filter((rule) => isToldOf(of, rule, ruleOf(rule).audience))

/** What comes by default is kept as that, so that it follows the role, and rules that are yet to come. */
const keepDefault = (rules: AlertRuleId[] | null, of: Pick<StoredAlertRecipient, 'role' | 'has_manager'>): AlertRuleId[] | null =>
  String(rules) === String(rulesOf({ ...of, rules: null })) ? null : rules

const toContract = (stored: StoredAlertRecipient, last: LastAlertMail | undefined, userId: string): AlertRecipient => ({
  id: stored.key,
  address: stored.address,
  name: stored.name,
  role: stored.role,
  is_me: stored.user_id === userId,
  how: stored.how,
  rules: rulesOf(stored),
  is_by_default: stored.version === 0,
  said_no_at: stored.said_no_at?.toISOString() ?? null,
  created_by: stored.created_by,
  last_sent_at: last?.sent_at?.toISOString() ?? null,
  refusal: last?.state === 'refused' ? { at: last.at.toISOString(), answer: last.answer ?? '' } : null,
  version: stored.version,
})

export const noAddress = () =>
  new ProblemError({
    status: 422,
    type: 'bad-address',
    title: 'This account has no address that mail can go to',
    detail: 'Change the e-mail address of the account first.',
  })

export const unknownRecipient = () =>
  new ProblemError({
    status: 404,
    type: 'unknown-recipient',
    title: 'Nobody of that name is told',
    detail: 'Who it was is off the list already, or may not see this community any more.',
  })

export const wantsNone = () =>
  new ProblemError({
    status: 409,
    type: 'said-no',
    title: 'They have said that they want none',
    detail: 'Whoever reads this address wants no alerts of this community. Change that only if they have told you otherwise.',
  })

/** Who is told of alerts, how, and of which. */
export const alertRecipientsRoutes =
  ({ pool, now }: Parts) =>
  async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify.withTypeProvider<ZodTypeProvider>()
    const tags = ['alerts']
    const params = z.object({ slug: z.string() })

    const describe = async (request: FastifyRequest, stored: StoredAlertRecipient): Promise<AlertRecipient> => {
      const last = await readLastAlertMails(pool, communityOf(request).community_id)
      return toContract(stored, last.get(stored.key), personOf(request).user_id)
    }

    const rulesToKeep = async (communityId: string, key: string, rules: AlertRuleId[] | null): Promise<AlertRuleId[] | null> => {
      const stored = await findAlertRecipient(pool, communityId, key)
      return stored === null ? rules : keepDefault(rules, stored)
    }

    const sayChanged = async (request: FastifyRequest, reply: FastifyReply, outcome: SetOutcome) => {
      if (outcome === 'unknown') throw unknownRecipient()
      if (outcome === 'said_no') throw wantsNone()
      if ('set' in outcome) return describe(request, outcome.set)
      return sendProblem(reply, {
        status: 409,
        type: 'recipient-changed',
        title: 'Changed meanwhile',
        detail: 'Somebody has set this otherwise after you had opened it.',
        current: await describe(request, outcome.other),
      })
    }

    app.get(
      RECIPIENTS_PATH,
      {
        config: { access: PEOPLE },
        schema: {
          summary: 'How I am told of alerts; for managers, who is told, how and of which, and what became of the last mail',
          tags,
          params,
          response: { 200: alertRecipientsSchema },
        },
      },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        const { user_id: userId } = personOf(request)
        const people = await listAlertPeople(pool, communityId)
        const last = await readLastAlertMails(pool, communityId)
        const tell = (one: StoredAlertRecipient) => toContract(one, last.get(one.key), userId)
        const me = people.find((one) => one.user_id === userId)
        return {
          recipients: mayManage(request) ? people.filter(({ how, version }) => how !== 'none' || version > 0).map(tell) : [],
          me: me === undefined ? null : tell(me),
          limit: MAX_ALERT_ADDRESSES,
        }
      },
    )

    app.put(
      `${RECIPIENTS_PATH}/me`,
      {
        config: { access: PEOPLE },
        schema: {
          summary: 'How I am told of alerts, and of which, as long as I may see the community',
          tags,
          params,
          body: alertRecipientChangeSchema.omit({ is_again: true }),
          response: { 200: alertRecipientSchema },
        },
      },
      async (request, reply) => {
        const { user_id: userId, email } = personOf(request)
        if (addressKey(email) === null) throw noAddress()
        const { community_id: communityId } = communityOf(request)
        const key = keyOfUser(userId)
        const rules = await rulesToKeep(communityId, key, request.body.rules)
        const change = { communityId, key, ...request.body, rules, isOwn: true, byUserId: userId, now: now() }
        return sayChanged(request, reply, await setAlertRecipient(pool, change))
      },
    )

    app.post(
      RECIPIENTS_PATH,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Tell an address of alerts; one that is told already stays as it is',
          tags,
          params,
          body: alertRecipientInputSchema,
          response: { 200: alertRecipientSchema },
        },
      },
      async (request) => {
        const { community_id: communityId } = communityOf(request)
        const { is_again: isAgain, ...input } = request.body
        // an address without account has the default of no role, whether or not there are managers
        const rules = keepDefault(input.rules, { role: null, has_manager: true })
        const added = await addAlertAddress(pool, { communityId, ...input, rules, isAgain, byUserId: userOf(request), now: now() })
        if (added === 'gone') throw goneProblem()
        if (added === 'said_no') throw wantsNone()
        if (added === 'too_many')
          throw new ProblemError({
            status: 422,
            type: 'too-many-recipients',
            title: 'The list is full',
            detail: `At most ${MAX_ALERT_ADDRESSES} addresses are told of a community’s alerts. Put the address of a mailing list on it, or remove some.`,
          })
        return describe(request, added)
      },
    )

    app.put(
      `${RECIPIENTS_PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'How somebody else is told of alerts, and of which',
          tags,
          params: recipientParams,
          body: alertRecipientChangeSchema,
          response: { 200: alertRecipientSchema },
        },
      },
      async (request, reply) => {
        const { community_id: communityId } = communityOf(request)
        const { is_again: isAgain, ...choice } = request.body
        const userId = personOf(request).user_id
        const { id: key } = request.params
        const rules = await rulesToKeep(communityId, key, choice.rules)
        const change = { communityId, key, ...choice, rules, isAgain, isOwn: key === keyOfUser(userId), byUserId: userId, now: now() }
        return sayChanged(request, reply, await setAlertRecipient(pool, change))
      },
    )

    app.delete(
      `${RECIPIENTS_PATH}/:id`,
      {
        config: { access: MANAGERS },
        schema: {
          summary: 'Take an address off the list; of an account, forget what was set, so that its role decides',
          tags,
          params: recipientParams,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const { community_id: communityId } = communityOf(request)
        if (!(await removeAlertRecipient(pool, { communityId, key: request.params.id, now: now() }))) throw unknownRecipient()
        return reply.status(204).send(null)
      },
    )
  }
