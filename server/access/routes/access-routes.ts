/** Everything about accounts that crosses HTTP, as one plugin. */
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { SendMail } from '../../mail/create-mailer.ts'
import type { Auth } from '../create-auth.ts'
import { authRoutes } from './auth-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { linkPageRoute } from './link-page-route.ts'
import { meRoutes } from './me-routes.ts'
import { peopleRoutes } from './people-routes.ts'

export type AccessParts = {
  pool: pg.Pool
  auth: Auth
  baseUrl: string
  now: () => Date
  /** null when the server has no mail server to hand mails to */
  sendMail: SendMail | null
}

/** Needs the access policy, the zod compilers and the problem handlers on the app. */
export const accessRoutes = async (app: FastifyInstance, parts: AccessParts): Promise<void> => {
  await app.register(authRoutes, parts)
  await app.register(linkPageRoute)
  await app.register(meRoutes, parts)
  await app.register(peopleRoutes, parts)
  await app.register(keyRoutes, parts)
}
