import { describe, expect, it } from 'vitest'
import { findPeople } from './graph-controls.tsx'
import { neighboursOf, readHelpGraph, sizesOf } from './help-graph.ts'
import { readNetworkSearch } from './network-search.ts'
import { type SortedColumn, sortRows } from './sorted-table.tsx'

const answer = {
  people: {
    key: ['a', 'b', 'c', 'd'],
    pseudonym: ['Member 0a', 'Member 1b', 'Member 2c', 'Member b0'],
    name: null,
    gave: [9, 1, 0, 1],
    received: [1, 0, 9, 0],
  },
  ties: { helper: [0, 1, 0, 3], helped: [2, 0, 1, 2], count: [8, 1, 1, 1] },
}

describe('the graph of help as the page reads it', () => {
  it('knows of each whom they helped and who helped them, most often first', () => {
    const graph = readHelpGraph(answer)
    expect(graph.people.map(({ role }) => role)).toEqual(['both', 'gave', 'received', 'gave'])
    expect(graph.people[0]?.helped).toEqual([
      { at: 2, count: 8 },
      { at: 1, count: 1 },
    ])
    expect(graph.people[2]?.helpedBy.map(({ at }) => at)).toEqual([0, 3])
    expect(neighboursOf(graph, 0)).toEqual(new Set([1, 2]))
    expect(graph.placeOf.get('c')).toBe(2)
  })

  it('leaves out ties of fewer times, and keeps everybody and what they gave', () => {
    const graph = readHelpGraph(answer, 2)
    expect(graph.ties).toEqual([{ from: 0, to: 2, count: 8 }])
    expect(graph.people).toHaveLength(4)
    expect(graph.people[1]).toMatchObject({ gave: 1, helped: [], helpedBy: [] })
  })

  it('draws who gave four times as much twice as wide', () => {
    const [most = 0, quarter = 0, none] = sizesOf([{ gave: 100 }, { gave: 25 }, { gave: 0 }])
    expect(most / quarter).toBeCloseTo(2)
    expect(none).toBeGreaterThan(0)
  })
})

describe('finding a person', () => {
  const named = readHelpGraph({ ...answer, people: { ...answer.people, name: ['Zoë', null, 'Ben B', 'Ben B'] } }).people

  it('goes by name and by pseudonym, and those who begin with it come first', () => {
    expect(findPeople(named, 'zo').map(({ key }) => key)).toEqual(['a'])
    expect(findPeople(named, 'ben').map(({ key }) => key)).toEqual(['c', 'd'])
    expect(findPeople(named, 'b').map(({ key }) => key)).toEqual(['c', 'd', 'a', 'b'])
    expect(findPeople(named, 'member 1').map(({ key }) => key)).toEqual(['b'])
    expect(findPeople(named, '  ')).toEqual([])
    expect(findPeople(named, '(')).toEqual([])
  })
})

describe('the address', () => {
  it('keeps what it understands and forgets the rest', () => {
    expect(readNetworkSearch({ person: '106056eaf9f0b3bf', least: '3', people: 'gave-up', range: '24m' })).toEqual({
      person: '106056eaf9f0b3bf',
      least: 3,
      people: 'gave-up',
      range: '24m',
    })
    expect(readNetworkSearch({ person: '<script>', least: '1e9', people: 'a b', pairs: 7 })).toEqual({})
    expect(readNetworkSearch({ least: 1 })).toEqual({})
  })
})

describe('sorting', () => {
  const columns: SortedColumn<{ name: string; n: number | null }>[] = [
    { id: 'name', title: 'Name', read: ({ name }) => name },
    { id: 'n', title: 'N', isNumber: true, read: ({ n }) => n },
  ]
  const rows = [
    { name: 'b', n: 1 },
    { name: 'a', n: null },
    { name: 'c', n: 3 },
  ]
  const order = (sort: string) =>
    sortRows(rows, columns, sort)
      .map(({ name }) => name)
      .join('')

  it('goes either way, and what is not known stays last', () => {
    expect(order('name')).toBe('abc')
    expect(order('name-up')).toBe('cba')
    expect(order('n')).toBe('cba')
    expect(order('n-up')).toBe('bca')
    expect(order('nonsense')).toBe('bac')
  })
})
