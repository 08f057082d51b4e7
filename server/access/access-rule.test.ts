import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEY_SCOPES, ROLES } from '../../shared/contract/access.ts'
import { type Access, judgeAccess } from './access-rule.ts'
import type { ApiKey, Caller, Person } from './caller.ts'

const HERE = '11111111-1111-4111-8111-111111111111'
const ELSEWHERE = '22222222-2222-4222-8222-222222222222'

const scope = fc.constantFrom(...KEY_SCOPES)
const roles = fc.subarray([...ROLES], { minLength: 1 })
const access: fc.Arbitrary<Access> = fc.oneof(
  fc.constantFrom<Access>('public', 'signed_in'),
  fc.record({ signed_in: fc.constant(true as const), scope }),
  fc.record({ roles }),
  fc.record({ community: roles, scope }, { requiredKeys: ['community'] }),
  fc.record({ scope }),
)
const keyOf = (community_id: string) =>
  fc.record<ApiKey>({
    kind: fc.constant('key' as const),
    key_id: fc.uuid(),
    community_id: fc.constant(community_id),
    scopes: fc.subarray([...KEY_SCOPES]),
  })
const memberOf = (community_id: string): fc.Arbitrary<Person> =>
  fc.constantFrom('manager' as const, 'sponsor' as const, 'viewer' as const).map((role) => ({
    kind: 'person',
    user_id: 'u',
    name: 'U',
    email: 'u@example.org',
    session_id: 's',
    is_administrator: false,
    grants: [{ role, community_id, slug: 'x' }],
  }))

describe('the rule of a route', () => {
  it('lets nobody in but where it is public', () => {
    fc.assert(
      fc.property(access, fc.constantFrom(HERE, null), (rule, community) => {
        expect(judgeAccess(rule, { kind: 'nobody' }, community)?.status ?? 'in').toBe(rule === 'public' ? 'in' : 401)
      }),
    )
  })

  it('hides a community from the keys and people of others, like one that does not exist', () => {
    fc.assert(
      fc.property(access, fc.oneof<[fc.Arbitrary<Caller>, fc.Arbitrary<Caller>]>(keyOf(ELSEWHERE), memberOf(ELSEWHERE)), (rule, caller) => {
        fc.pre(typeof rule === 'object' && 'community' in rule)
        const refusal = judgeAccess(rule, caller, HERE)
        expect(refusal).toEqual({ status: 404, reason: 'community' })
        expect(judgeAccess(rule, caller, null)).toEqual(refusal)
      }),
    )
  })

  it('lets a key do what one of its scopes is for, and nothing else', () => {
    fc.assert(
      fc.property(access, keyOf(HERE), (rule, key) => {
        const named = typeof rule === 'object' && 'scope' in rule ? rule.scope : undefined
        const isIn = rule === 'public' || (named !== undefined && key.scopes.includes(named))
        expect(judgeAccess(rule, key, HERE) === null).toBe(isIn)
      }),
    )
  })

  it('lets the people of a community do what their role is for, and nothing else', () => {
    fc.assert(
      fc.property(roles, memberOf(HERE), (community, person) => {
        expect(judgeAccess({ community }, person, HERE) === null).toBe(community.includes(person.grants[0]!.role))
      }),
    )
  })
})
