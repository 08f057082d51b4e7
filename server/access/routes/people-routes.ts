/** People and invitations, for administrators. */
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { invitationAnswerSchema, invitationInputSchema, peopleSchema } from '../../../shared/contract/access.ts'
import { sendProblem } from '../../api/problem.ts'
import { invitationMail } from '../../mail/invitation-mail.ts'
import { ADMINISTRATORS } from '../access-rule.ts'
import type { Person } from '../caller.ts'
import { INVITATION_DAYS, type Invited, invitePerson } from '../invite-person.ts'
import { listPeople, removePerson } from '../people.ts'
import type { AccessParts } from './access-routes.ts'

export const peopleRoutes = async (app: FastifyInstance, { pool, baseUrl, now, sendMail }: AccessParts): Promise<void> => {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/api/v1/people',
    {
      config: { access: ADMINISTRATORS },
      schema: { summary: 'Everybody who may sign in', tags: ['people'], response: { 200: peopleSchema } },
    },
    async () => ({
      people: (await listPeople(pool)).map(({ user_id, name, email, has_signed_in, grants }) => ({
        id: user_id,
        name,
        email,
        has_signed_in,
        roles: grants,
      })),
    }),
  )

  /** True when the mail is on its way; a mail server that refuses must not undo the invitation, the link is still there. */
  const tryToMail = async (invited: Invited, role: string, invitedBy: string): Promise<boolean> => {
    if (sendMail === null) return false
    const mail = invitationMail({
      name: invited.name,
      invited_by: invitedBy,
      role,
      community_names: invited.communityNames,
      link: invited.link,
      days: INVITATION_DAYS,
    })
    return sendMail({ to: invited.email, ...mail }).then(
      () => true,
      (error: unknown) => {
        app.log.warn({ err: error }, 'an invitation could not be mailed')
        return false
      },
    )
  }

  routes.post(
    '/api/v1/invitations',
    {
      config: { access: ADMINISTRATORS },
      schema: {
        summary: 'Invite somebody, or give somebody further roles',
        tags: ['people'],
        body: invitationInputSchema,
        response: { 201: invitationAnswerSchema },
      },
    },
    async (request, reply) => {
      const result = await invitePerson(pool, request.body, { baseUrl, now: now() })
      if ('unknown' in result) {
        const detail = `There is no community called ${result.unknown.join(', ')}. Nobody was invited.`
        return sendProblem(reply, {
          status: 422,
          type: 'unknown-community',
          title: 'No such community',
          detail,
          errors: [{ pointer: '/slugs', message: detail }],
        })
      }
      const isMailed = await tryToMail(result.invited, request.body.role, (request.caller as Person).name)
      return reply.status(201).send({ link: result.invited.link, expires_at: result.invited.expiresAt.toISOString(), is_mailed: isMailed })
    },
  )

  routes.delete(
    '/api/v1/people/:user_id',
    {
      config: { access: ADMINISTRATORS },
      schema: {
        summary: 'Remove somebody, with their sessions and roles',
        tags: ['people'],
        params: z.object({ user_id: z.string().regex(/^[\w-]{1,64}$/, 'this is no id of a person') }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const result = await removePerson(pool, request.params.user_id)
      if (result === 'removed') return reply.status(204).send(null)
      if (result === 'unknown')
        return sendProblem(reply, {
          status: 404,
          type: 'unknown-person',
          title: 'No such person',
          detail: 'There is nobody with this id; they may be removed already.',
        })
      return sendProblem(reply, {
        status: 409,
        type: 'last-administrator',
        title: 'The last administrator stays',
        detail: 'Invite another administrator first: without one, nobody could let anybody in.',
      })
    },
  )
}
