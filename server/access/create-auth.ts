/** better-auth as this house uses it: it signs people in and out and keeps their sessions, and nobody signs up. */
import { betterAuth } from 'better-auth'
import { magicLink } from 'better-auth/plugins'
import type pg from 'pg'
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '../../shared/contract/password-length.ts'
import type { SendMail } from '../mail/create-mailer.ts'
import { signInMail } from '../mail/sign-in-mail.ts'
import { AUTH_BASE_PATH, hashToken, linkAddress } from './one-time-link.ts'

const DAY_SECONDS = 24 * 60 * 60
const SESSION_SECONDS = 30 * DAY_SECONDS
/** A link somebody asked for just now; a mail can take some minutes. */
const MAILED_LINK_SECONDS = 15 * 60
/** The auth route sets this header itself, from the connection: one that the sender wrote is never passed on. */
export const CLIENT_ADDRESS_HEADER = 'x-barnraise-client-address'

/**
 * The origins a page of this server has when it was asked for at `host`: a page's own host is as good as the configured one,
 * since a browser lets no other site name it as the origin. Both schemes, because a proxy may have taken the TLS off.
 */
export const originsOf = (host: string): string[] => [`http://${host}`, `https://${host}`]

export type AuthParts = {
  pool: pg.Pool
  /** signs the session cookies: at least 32 characters */
  secret: string
  /** where people reach this server, such as https://barnraise.example.org */
  baseUrl: string
  sendMail: SendMail | null
  now: () => Date
  /** told of a mail that could not be sent; the person who asked learns nothing, so that nobody can probe who has an account */
  onMailFailure: (error: unknown) => void
}

export const createAuth = ({ pool, secret, baseUrl, sendMail, now, onMailFailure }: AuthParts) => {
  const origin = new URL(baseUrl).origin
  return betterAuth({
    appName: 'Barnraise',
    database: pool,
    secret,
    baseURL: origin,
    basePath: AUTH_BASE_PATH,
    trustedOrigins: (request) => (request === undefined ? [] : originsOf(new URL(request.url).host)),
    telemetry: { enabled: false },
    logger: { disabled: true },
    // what is no refusal of better-auth's own, such as a database that is away, goes to the app's error handler
    onAPIError: { throw: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: PASSWORD_MAX_LENGTH,
    },
    plugins: [
      magicLink({
        disableSignUp: true,
        expiresIn: MAILED_LINK_SECONDS,
        storeToken: { type: 'custom-hasher', hash: async (token) => hashToken(token) },
        rateLimit: { window: 60, max: 10 },
        sendMagicLink: async ({ email, url, token }) => {
          if (sendMail === null) return
          const known = await pool.query<{ name: string }>('select name from "user" where email = $1', [email.toLowerCase()])
          const person = known.rows[0]
          if (person === undefined) return
          const landing = new URL(url).searchParams.get('callbackURL') ?? '/'
          const mail = signInMail({ name: person.name, link: linkAddress(origin, token, landing), minutes: MAILED_LINK_SECONDS / 60 })
          // not awaited: the time of the answer must not tell whether there is such a person
          void sendMail({ to: email.toLowerCase(), ...mail }).catch(onMailFailure)
        },
      }),
    ],
    session: {
      additionalFields: { isByLink: { type: 'boolean', fieldName: 'is_by_link', required: true, input: false, defaultValue: false } },
      expiresIn: SESSION_SECONDS,
      updateAge: DAY_SECONDS,
      modelName: 'session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    user: { fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' } },
    account: {
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: { fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    databaseHooks: {
      session: {
        create: {
          // where somebody signs in from is nobody's business here
          before: async (session, context) => ({
            data: { ...session, ipAddress: null, userAgent: null, isByLink: context?.path === '/magic-link/verify' },
          }),
          after: async (session) => {
            await pool.query('update "user" set last_signed_in_at = $2 where id = $1', [session.userId, now()])
          },
        },
      },
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 100,
      storage: 'memory',
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: 'barnraise',
      useSecureCookies: origin.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      // said aloud, because better-auth would turn both checks off in a test run
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
  })
}

export type Auth = ReturnType<typeof createAuth>
