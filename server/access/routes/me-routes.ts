/** The signed-in person, and what the sign-in page must know before there is one. */
import type {} from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { type Me, meInputSchema, meSchema, signInOptionsSchema } from '../../../shared/contract/access.ts'
import { type ProblemInput, sendProblem } from '../../api/problem.ts'
import type { Person } from '../caller.ts'
import { type AccountChange, changeOwnAccount, passwordStateOf } from '../own-account.ts'
import { grantsOf } from '../recognise-caller.ts'
import type { AccessParts } from './access-routes.ts'

/** Somebody at a forgotten open screen must not try passwords at leisure; counted by person, whatever address they come from. */
const CHANGES_LIMIT = {
  max: 20,
  timeWindow: '1 minute',
  keyGenerator: ({ caller, ip }: FastifyRequest) => (caller.kind === 'person' ? caller.user_id : ip),
}

const CHANGE_PROBLEMS: Record<Exclude<AccountChange, 'changed'>, ProblemInput> = {
  current_password_missing: {
    status: 422,
    type: 'current-password-missing',
    title: 'Your current password is needed',
    detail: 'Give your current password to change your e-mail address or password.',
    errors: [{ pointer: '/current_password', message: 'give your current password' }],
  },
  current_password_wrong: {
    status: 422,
    type: 'current-password-wrong',
    title: 'That is not your current password',
    detail: 'Nothing was changed. If you have forgotten it, sign in by a link: for a quarter of an hour after that it is not needed.',
    errors: [{ pointer: '/current_password', message: 'this is not your current password' }],
  },
  address_needs_administrator: {
    status: 403,
    type: 'address-needs-administrator',
    title: 'An administrator changes addresses',
    detail: 'Ask an administrator to invite your new address; nothing was changed.',
  },
  address_taken: {
    status: 409,
    type: 'address-taken',
    title: 'This address is in use',
    detail: 'Somebody else signs in with this e-mail address; nothing was changed.',
    errors: [{ pointer: '/email', message: 'somebody else signs in with this address' }],
  },
}

export const meRoutes = async (app: FastifyInstance, { pool, auth, now, sendMail }: AccessParts): Promise<void> => {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  const readMe = async (person: Person): Promise<Me> => {
    const found = await pool.query<{ id: string; name: string; email: string }>('select id, name, email from "user" where id = $1', [
      person.user_id,
    ])
    const grants = await grantsOf(pool, person.user_id)
    return {
      user: { ...found.rows[0]!, ...(await passwordStateOf(pool, person, now())) },
      is_administrator: grants.some((grant) => grant.role === 'administrator'),
      roles: grants.map(({ role, slug }) => ({ role, slug })),
    }
  }

  routes.get(
    '/api/v1/sign-in-options',
    {
      config: { access: 'public' },
      schema: { summary: 'How one can sign in here', tags: ['account'], response: { 200: signInOptionsSchema } },
    },
    async () => ({ can_mail_link: sendMail !== null }),
  )

  routes.get(
    '/api/v1/me',
    { config: { access: 'signed_in' }, schema: { summary: 'Who is signed in', tags: ['account'], response: { 200: meSchema } } },
    (request) => readMe(request.caller as Person),
  )

  routes.post(
    '/api/v1/me',
    {
      config: { access: 'signed_in', rateLimit: CHANGES_LIMIT },
      schema: {
        summary: "Change one's own name, address or password",
        tags: ['account'],
        body: meInputSchema,
        response: { 200: meSchema },
      },
    },
    async (request, reply) => {
      const person = request.caller as Person
      const change = await changeOwnAccount({ pool, auth, now: now() }, person, request.body)
      if (change !== 'changed') return sendProblem(reply, CHANGE_PROBLEMS[change])
      return readMe(person)
    },
  )
}
