import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ActiveAccount, type ActivePeople, countOverlap, findSharedPlaces, matchPeople } from './overlap.ts'

const account = (over: Partial<ActiveAccount> & { person_id: string }): ActiveAccount => ({
  source: 'forum',
  source_actor_id: over.person_id,
  email_key: null,
  name_key: null,
  platform: null,
  ...over,
})
const side = (...accounts: ActiveAccount[]): ActivePeople => ({ people: new Set(accounts.map((one) => one.person_id)), accounts })
const people = (count: number, over: (i: number) => Partial<ActiveAccount>): ActivePeople =>
  side(...Array.from({ length: count }, (_, i) => account({ person_id: `p${i}`, ...over(i) })))

describe('which places are one', () => {
  it('does not trust one name of a source, nor ids that begin anew in each place', () => {
    expect(
      findSharedPlaces(
        people(50, () => ({})),
        people(50, () => ({})),
      ),
    ).toEqual(new Set())
    // five alike are enough, four are not, and one in five that contradicts is too many
    const named = (count: number, other = 0) => people(count, (i) => ({ name_key: i < other ? `other ${i}` : `name ${i}` }))
    expect(findSharedPlaces(named(5), named(5))).toEqual(new Set(['source forum']))
    expect(findSharedPlaces(named(4), named(4))).toEqual(new Set())
    expect(findSharedPlaces(named(10), named(10, 2))).toEqual(new Set())
  })

  it('trusts a platform whose ids are the same everywhere, whatever its source is called, unless names contradict', () => {
    const on = (source: string, name: string | null = null) => people(3, () => ({ source, platform: 'github', name_key: name }))
    expect(findSharedPlaces(on('gh'), on('our-github'))).toEqual(new Set(['platform github']))
    expect(findSharedPlaces(on('gh', 'a'), on('our-github', 'b'))).toEqual(new Set())
  })
})

describe('who is in both', () => {
  it('cannot tell without a common way, which is not 0', () => {
    expect(
      matchPeople(
        people(9, () => ({ source: 'a' })),
        people(9, () => ({ source: 'b' })),
      ),
    ).toBeNull()
    const [pair] = countOverlap([people(9, () => ({ source: 'a' })), people(9, () => ({ source: 'b' }))], [true, true]).pairs
    expect(pair).toMatchObject({ state: 'cannot_tell', a_in_both: null, b_in_both: null })
    expect(pair?.reason).toMatch(/no common way/i)
  })

  it('counts a person with two accounts once on each side', () => {
    const a = side(account({ person_id: 'x', email_key: 'e1' }), account({ person_id: 'x', email_key: 'e2' }), account({ person_id: 'y' }))
    const b = side(account({ person_id: 'one', email_key: 'e1' }), account({ person_id: 'two', email_key: 'e2' }))
    expect(countOverlap([a, b], [true, true])).toMatchObject({
      active_people: [2, 2],
      also_elsewhere: [1, 2],
      pairs: [{ state: 'told', by: ['address'], a_in_both: 1, b_in_both: 2, a_recognisable: 1, b_recognisable: 2 }],
    })
  })

  it('counts as the obvious way does, one address at a time', () => {
    const addresses = fc.array(fc.record({ person: fc.integer({ min: 0, max: 9 }), email: fc.option(fc.integer({ min: 0, max: 9 })) }), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(addresses, addresses, addresses, (x, y, z) => {
        const given = [x, y, z]
        const sides = given.map((rows) =>
          side(
            ...rows.map(({ person, email }, i) =>
              account({ person_id: `${person}`, source_actor_id: `${i}`, email_key: email === null ? null : `e${email}` }),
            ),
          ),
        )
        const found = countOverlap(sides, [true, true, true])
        const isIn = (person: number, from: number, to: number) =>
          given[from]!.some((one) => one.person === person && one.email !== null && given[to]!.some((other) => other.email === one.email))
        const count = (from: number, tos: number[]) =>
          new Set(given[from]!.map(({ person }) => person).filter((person) => tos.some((to) => isIn(person, from, to)))).size
        for (const pair of found.pairs) {
          if (pair.state === 'told') expect([pair.a_in_both, pair.b_in_both]).toEqual([count(pair.a, [pair.b]), count(pair.b, [pair.a])])
          else expect([count(pair.a, [pair.b]), count(pair.b, [pair.a])]).toEqual([0, 0])
        }
        for (const [i, number] of found.also_elsewhere.entries())
          if (number !== null)
            expect(number).toBe(
              count(
                i,
                [0, 1, 2].filter((other) => other !== i),
              ),
            )
      }),
    )
  })
})

describe('who may not be told of a few', () => {
  const shared = (all: number, both: number) =>
    people(all, (i) => ({
      person_id: `p${i}`,
      source_actor_id: `${all} ${i}`,
      email_key: i < both ? `shared ${i}` : `${all} ${both} ${i}`,
    }))

  it('is not told of one to four in both, or in one alone, nor of sums that tell them', () => {
    const sponsor = [false, true]
    for (const [all, both, state] of [
      [40, 0, 'told'],
      [40, 4, 'few'],
      [40, 5, 'told'],
      [40, 35, 'told'],
      [40, 36, 'few'],
      [40, 40, 'told'],
    ] as const) {
      const found = countOverlap([shared(all, both), shared(90, both)], sponsor)
      expect(found.pairs[0]?.state).toBe(state)
      if (state === 'few') expect(found.also_elsewhere).toEqual([null, null])
      expect(countOverlap([shared(all, both), shared(90, both)], [true, true]).pairs[0]?.a_in_both).toBe(both)
    }
  })
})
