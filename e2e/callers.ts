/** Everybody a route may meet: nobody, each role here and elsewhere, each key here and elsewhere, and a key that was revoked. */
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { listKeys, revokeKey } from '../server/access/keys.ts'
import { addCommunity, addKey, addPerson, asBrowser, signIn, type TestCommunity } from './access-app.ts'

export type Callers = {
  here: TestCommunity
  elsewhere: TestCommunity
  /** Headers by caller, in the order the table of the walk gives its answers. */
  headers: Record<string, Record<string, string>>
}

/** Makes two communities and everybody; needs an app with the sign-in routes on the same database. */
export const makeCallers = async (app: FastifyInstance, pool: pg.Pool): Promise<Callers> => {
  const here = await addCommunity(pool, 'here')
  const elsewhere = await addCommunity(pool, 'elsewhere')
  const person = async (role: 'administrator' | 'manager' | 'sponsor' | 'viewer', community: TestCommunity | null) => {
    const email = `${role}-${community?.slug ?? 'everywhere'}@example.org`
    await addPerson(pool, email, role, community)
    return asBrowser(await signIn(app, pool, email))
  }
  const key = async (community: TestCommunity, scope: 'ingest' | 'read') => ({
    authorization: `Bearer ${await addKey(pool, community, [scope])}`,
  })
  const revoked = await addKey(pool, here, ['ingest', 'read'])
  for (const { key_id, scopes } of await listKeys(pool, here.community_id))
    if (scopes.length === 2) await revokeKey(pool, here.community_id, key_id)
  return {
    here,
    elsewhere,
    headers: {
      nobody: {},
      administrator: await person('administrator', null),
      manager: await person('manager', here),
      sponsor: await person('sponsor', here),
      viewer: await person('viewer', here),
      'manager elsewhere': await person('manager', elsewhere),
      'viewer elsewhere': await person('viewer', elsewhere),
      'read key': await key(here, 'read'),
      'ingest key': await key(here, 'ingest'),
      'read key elsewhere': await key(elsewhere, 'read'),
      'ingest key elsewhere': await key(elsewhere, 'ingest'),
      'revoked key': { authorization: `Bearer ${revoked}` },
    },
  }
}
