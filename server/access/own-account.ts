/** What somebody may change of their own account: name, address, password. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { MeInput } from '../../shared/contract/access.ts'
import type { Person } from './caller.ts'
import type { Auth } from './create-auth.ts'
import { inTransaction } from './in-transaction.ts'
import { withdrawLinks } from './one-time-link.ts'

const PROVIDER = 'credential'

/** The hash of somebody's password; null when they have none. */
const passwordHashOf = async (client: pg.Pool | pg.ClientBase, userId: string): Promise<string | null> => {
  const found = await client.query<{ password: string | null }>('select password from account where user_id = $1 and provider_id = $2', [
    userId,
    PROVIDER,
  ])
  return found.rows[0]?.password ?? null
}

const setPassword = async (client: pg.ClientBase, userId: string, hash: string, now: Date): Promise<void> => {
  const changed = await client.query('update account set password = $3, updated_at = $4 where user_id = $1 and provider_id = $2', [
    userId,
    PROVIDER,
    hash,
    now,
  ])
  if (changed.rowCount === 0) {
    await client.query(
      'insert into account (id, account_id, provider_id, user_id, password, created_at, updated_at) values ($1, $2, $3, $2, $4, $5, $5)',
      [randomUUID(), userId, PROVIDER, hash, now],
    )
  }
}

/** Whoever has just come by a link has shown as much as a password shows; long enough to fill in a form. */
const FRESH_LINK_MS = 15 * 60 * 1000

/** The hash that a change of address or password must be proved against; null when it needs no proof. */
const hashToProve = async (client: pg.Pool | pg.ClientBase, person: Person, now: Date): Promise<string | null> => {
  const fresh = await client.query('select from session where id = $1 and user_id = $2 and is_by_link and created_at > $3', [
    person.session_id,
    person.user_id,
    new Date(now.getTime() - FRESH_LINK_MS),
  ])
  return fresh.rowCount === 0 ? passwordHashOf(client, person.user_id) : null
}

/** Whether somebody has a password, and whether they must give it to change their address or password. */
export const passwordStateOf = async (
  pool: pg.Pool,
  person: Person,
  now: Date,
): Promise<{ has_password: boolean; needs_current_password: boolean }> => ({
  has_password: (await passwordHashOf(pool, person.user_id)) !== null,
  needs_current_password: (await hashToProve(pool, person, now)) !== null,
})

export type AccountChange =
  | 'changed'
  | 'current_password_missing'
  | 'current_password_wrong'
  | 'address_needs_administrator'
  | 'address_taken'

/**
 * Changes what `input` names, all of it or nothing. A new password ends the person's other sessions and unused links.
 * Only an administrator takes another address: anyone else could take that of somebody yet to be invited, and would be
 * given that invitation's roles.
 */
export const changeOwnAccount = (
  { pool, auth, now }: { pool: pg.Pool; auth: Auth; now: Date },
  person: Person,
  input: MeInput,
): Promise<AccountChange> =>
  inTransaction(pool, async (client) => {
    const locked = await client.query<{ email: string }>('select email from "user" where id = $1 for update', [person.user_id])
    const email = locked.rows[0]?.email ?? person.email
    const newEmail = input.email === undefined || input.email.toLowerCase() === email ? null : input.email.toLowerCase()
    const { password } = await auth.$context
    const currentHash = await hashToProve(client, person, now)
    if (currentHash !== null && (newEmail !== null || input.new_password !== undefined)) {
      if (input.current_password === undefined) return 'current_password_missing'
      if (!(await password.verify({ hash: currentHash, password: input.current_password }))) return 'current_password_wrong'
    }
    if (newEmail !== null) {
      if (!person.is_administrator) return 'address_needs_administrator'
      const taken = await client.query('select from "user" where email = $1', [newEmail])
      if (taken.rowCount !== 0) return 'address_taken'
      await client.query('update "user" set email = $2, updated_at = $3 where id = $1', [person.user_id, newEmail, now])
      // links are tied to an address: those to the old one lead nowhere, one to the new one was meant for somebody else
      await withdrawLinks(client, email)
      await withdrawLinks(client, newEmail)
    }
    if (input.name !== undefined)
      await client.query('update "user" set name = $2, updated_at = $3 where id = $1', [person.user_id, input.name, now])
    if (input.new_password !== undefined) {
      await setPassword(client, person.user_id, await password.hash(input.new_password), now)
      await client.query('delete from session where user_id = $1 and id <> $2', [person.user_id, person.session_id])
      await withdrawLinks(client, newEmail ?? email)
    }
    return 'changed'
  })
