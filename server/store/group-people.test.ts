import { describe, expect, it } from 'vitest'
import { groupPeople, type LikeAccount, type LikeGroup } from './group-people.ts'

const account = (person: string, source: string, more: Partial<LikeAccount> = {}): LikeAccount => ({
  identity_key: `${person}-${source}`,
  source,
  person_id: person,
  email_key: null,
  name_key: `name of ${person}`,
  is_handle: false,
  ...more,
})
const named = (...accounts: LikeAccount[]): LikeGroup => ({ by: 'name', key: 'n', accounts })
const addressed = (...accounts: LikeAccount[]): LikeGroup => ({ by: 'address', key: 'a', accounts })
const nobody = () => false
const pairs =
  (...different: [string, string][]) =>
  (a: string, b: string) =>
    different.some(([x, y]) => (x === a && y === b) || (x === b && y === a))
const shown = (groups: LikeGroup[], areDifferent = nobody as (a: string, b: string) => boolean) =>
  groupPeople(groups, areDifferent).map(({ strength, people }) => `${strength}: ${people.join(' ')}`)

describe('people who may be one', () => {
  it('are strong by one address, likely by a full name in different sources', () => {
    expect(shown([addressed(account('p', 'chat'), account('q', 'mail'))])).toEqual(['strong: p q'])
    expect(shown([named(account('p', 'chat'), account('q', 'mail'), account('r', 'forum'))])).toEqual(['likely: p q r'])
  })

  it('are only possible where a source has two of them, or the name is one word', () => {
    expect(shown([named(account('p', 'chat'), account('q', 'chat'))])).toEqual(['possible: p q'])
    expect(shown([named(account('p', 'chat', { is_handle: true }), account('q', 'mail', { is_handle: true }))])).toEqual(['possible: p q'])
    expect(shown([named(account('p', 'chat', { is_handle: true }), account('q', 'chat', { is_handle: true }))])).toEqual([])
    expect(shown([addressed(account('p', 'chat'), account('q', 'chat'))])).toEqual(['possible: p q'])
    expect(shown([addressed(account('p', 'chat', { name_key: 'n' }), account('q', 'chat', { name_key: 'n' }))])).toEqual(['strong: p q'])
  })

  it('are not those who share a mailbox or a common name', () => {
    expect(shown([addressed(account('p', 'mail'), account('q', 'mail'), account('r', 'mail'))])).toEqual([])
    expect(shown([named(...['p', 'q', 'r', 's', 't', 'u', 'v'].map((person) => account(person, 'chat')))])).toEqual([])
  })

  it('are one already where one person has all the accounts', () => {
    expect(shown([named(account('p', 'chat'), account('p', 'mail'))])).toEqual([])
  })

  it('are shown without the pairs said to be different', () => {
    const three = named(account('p', 'chat'), account('q', 'mail'), account('r', 'forum'))
    expect(shown([three], pairs(['p', 'q']))).toEqual(['likely: p r', 'likely: q r'])
    expect(shown([three], pairs(['p', 'q'], ['p', 'r'], ['q', 'r']))).toEqual([])
    expect(shown([three], pairs(['p', 'q'], ['p', 'r']))).toEqual(['likely: q r'])
  })

  it('wait while a stronger likeness of two of them is undecided', () => {
    const address = addressed(account('p', 'chat'), account('q', 'mail'))
    const name = named(account('p', 'chat'), account('q', 'mail'), account('r', 'forum'))
    expect(shown([name, address])).toEqual(['strong: p q'])
    expect(shown([name, address], pairs(['p', 'q']))).toEqual(['likely: p r', 'likely: q r'])
  })
})
