/** Who may do what: people, roles, invitations and API keys as they cross HTTP. */
import { z } from 'zod'
import { slugSchema } from './community.ts'
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from './password-length.ts'

/** administrator: everything. manager: one community, its keys and imports. sponsor and viewer: read. */
export const ROLES = ['administrator', 'manager', 'sponsor', 'viewer'] as const
export type Role = (typeof ROLES)[number]
export const KEY_SCOPES = ['ingest', 'read'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** A name as a person types it: not blank, and nothing that a database cannot hold. */
const nameSchema = (missing: string) =>
  z
    .string()
    .trim()
    .min(1, missing)
    .max(200)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), { error: 'leave out the characters that are no text' })

const emailSchema = z.email('give an e-mail address').max(254)

const roleGrantSchema = z.object({ role: z.enum(ROLES), slug: z.string().nullable().describe('null for administrator: everywhere') })

export const meSchema = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    has_password: z.boolean(),
    needs_current_password: z
      .boolean()
      .describe('False also shortly after signing in by a link: then a forgotten password can be replaced'),
  }),
  is_administrator: z.boolean(),
  roles: z.array(roleGrantSchema),
})
export type Me = z.infer<typeof meSchema>

/** What somebody changes of their own account; what is left out stays. */
export const meInputSchema = z.strictObject({
  name: nameSchema('give a name').optional(),
  email: emailSchema.optional(),
  current_password: z
    .string()
    .max(PASSWORD_MAX_LENGTH)
    .optional()
    .describe('Needed for a new e-mail address or password where needs_current_password says so'),
  new_password: z
    .string()
    .min(PASSWORD_MIN_LENGTH, `choose at least ${PASSWORD_MIN_LENGTH} characters`)
    .max(PASSWORD_MAX_LENGTH, `choose at most ${PASSWORD_MAX_LENGTH} characters`)
    .optional(),
})
export type MeInput = z.infer<typeof meInputSchema>

/** What the sign-in page needs to know before anyone is signed in. */
export const signInOptionsSchema = z.object({ can_mail_link: z.boolean() })

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(roleGrantSchema),
  has_signed_in: z.boolean(),
})
export const peopleSchema = z.object({ people: z.array(personSchema) })

export const invitationInputSchema = z
  .object({
    email: emailSchema,
    name: nameSchema('give a name'),
    role: z.enum(ROLES),
    slugs: z.array(slugSchema).max(500).default([]).describe('The communities; empty for an administrator'),
  })
  .refine((i) => (i.role === 'administrator') === (i.slugs.length === 0), {
    error: 'name at least one community, or invite an administrator without any',
    path: ['slugs'],
  })
export const invitationAnswerSchema = z.object({
  link: z.string().describe('One-time sign-in link, shown once; hand it over yourself when it could not be mailed'),
  expires_at: z.string(),
  is_mailed: z.boolean(),
})

export const keyInputSchema = z.object({
  name: nameSchema('give the key a name'),
  scopes: z.array(z.enum(KEY_SCOPES)).min(1, 'choose at least one scope'),
})
const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(KEY_SCOPES)),
  hint: z.string().describe('Its first characters, to recognise it by'),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
})
export const keysSchema = z.object({ keys: z.array(keySchema) })
export const newKeySchema = keySchema.extend({ key: z.string().describe('The key itself, shown this once') })
