import { expect, test } from 'vitest'
import { figureOf, type Told } from './say-series.ts'

const told = (over: Partial<Told>) => figureOf({ observed: 44, expected: 81, heard: 8, id: 'active-people', ...over } as Told)

test('a percentage agrees with the numbers beside it as they are written', () =>
  expect(told({})).toEqual({ label: 'Active people a week', now: '5.5', usual: 'about 10.1', change: '46\u00a0% fewer' }))

test('where nothing is left, the change does not read as if there were none', () => {
  expect(told({ observed: 0 })).toMatchObject({ now: '0', change: 'down to none' })
  expect(told({ id: 'questions', observed: 0, expected: 22 })).toMatchObject({ now: '0 in 8\u00a0weeks', change: 'down to none' })
})
