/** The rule a route declares in `config.access`, and what it means for a caller. Pure: policy.ts finds out who calls. */
import type { KeyScope, Role } from '../../shared/contract/access.ts'
import { type Caller, roleIn } from './caller.ts'

/**
 * Who may use a route:
 * - `'public'`: anyone
 * - `'signed_in'`: any person
 * - `{ signed_in: true, scope }`: any person, and a key with the scope
 * - `{ roles }`: a person with one of these roles anywhere
 * - `{ community: roles, scope? }`: a person with one of these roles in the community of `:slug`, and, when a scope is named, a
 *   key of that community which has it
 * - `{ scope }`: a key with the scope, for its own community
 */
export type Access =
  | 'public'
  | 'signed_in'
  | { signed_in: true; scope: KeyScope }
  | { roles: readonly Role[] }
  | { community: readonly Role[]; scope?: KeyScope }
  | { scope: KeyScope }

/** The usual rule of a community's reads, spelled once. */
export const READERS = { community: ['administrator', 'manager', 'sponsor', 'viewer'], scope: 'read' } as const satisfies Access
/** Those who run a community: its keys and imports. */
export const MANAGERS = { community: ['administrator', 'manager'] } as const satisfies Access
export const ADMINISTRATORS = { roles: ['administrator'] } as const satisfies Access

export type Refusal =
  | { status: 401; reason: 'sign_in' | 'key_needed' }
  | { status: 403; reason: 'role' | 'key_cannot' | 'scope'; scope?: KeyScope }
  | { status: 404; reason: 'community' }

const isForKeysOnly = (access: Access): boolean =>
  typeof access === 'object' && 'scope' in access && !('community' in access) && !('signed_in' in access)

const judgeKeyScope = (scopes: readonly KeyScope[], scope: KeyScope | undefined): Refusal | null => {
  if (scope === undefined) return { status: 403, reason: 'key_cannot' }
  return scopes.includes(scope) ? null : { status: 403, reason: 'scope', scope }
}

/**
 * Null lets the caller in. `communityId` is the community that `:slug` names, null when there is none of that name.
 * A community one may not see and one that does not exist get the same refusal.
 */
export const judgeAccess = (access: Access, caller: Caller, communityId: string | null): Refusal | null => {
  if (access === 'public') return null
  if (caller.kind === 'nobody') return { status: 401, reason: isForKeysOnly(access) ? 'key_needed' : 'sign_in' }
  if (access === 'signed_in') return caller.kind === 'person' ? null : { status: 403, reason: 'key_cannot' }
  if ('community' in access) {
    if (communityId === null) return { status: 404, reason: 'community' }
    if (caller.kind === 'key')
      return caller.community_id === communityId ? judgeKeyScope(caller.scopes, access.scope) : { status: 404, reason: 'community' }
    const role = roleIn(caller, communityId)
    if (role === null) return { status: 404, reason: 'community' }
    return access.community.includes(role) ? null : { status: 403, reason: 'role' }
  }
  if ('roles' in access) {
    if (caller.kind === 'key') return { status: 403, reason: 'key_cannot' }
    return caller.grants.some((grant) => access.roles.includes(grant.role)) ? null : { status: 403, reason: 'role' }
  }
  if (caller.kind === 'key') return judgeKeyScope(caller.scopes, access.scope)
  return 'signed_in' in access ? null : { status: 401, reason: 'key_needed' }
}
