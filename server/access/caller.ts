/** Who sends a request, as the door found out. */
import type { KeyScope, Role } from '../../shared/contract/access.ts'

/** One role of a person; community_id and slug are null for an administrator, whose role is everywhere. */
export type Grant = { role: Role; community_id: string | null; slug: string | null }

export type Nobody = { kind: 'nobody' }
export type Person = {
  kind: 'person'
  user_id: string
  name: string
  email: string
  session_id: string
  is_administrator: boolean
  grants: Grant[]
}
export type ApiKey = { kind: 'key'; key_id: string; community_id: string; scopes: KeyScope[] }
export type Caller = Nobody | Person | ApiKey

/** What a person is in a community; null when it is none of theirs. */
export const roleIn = (person: Person, communityId: string): Role | null =>
  person.is_administrator ? 'administrator' : (person.grants.find((grant) => grant.community_id === communityId)?.role ?? null)

/** Who is noted beside what a request changes; null where no person asked for it. */
export const userOf = ({ caller }: { caller: Caller }): string | null => (caller.kind === 'person' ? caller.user_id : null)
