import { expect, test } from 'vitest'
import { askersWhoHelp, twoWayPeople } from './two-way-share.ts'

test('people who both gave and received, of all who did either', () => {
  expect(twoWayPeople(['a', 'b', 'b', 'c'], ['b', 'c', 'd'])).toEqual({ numerator: 2, denominator: 4 })
  expect(twoWayPeople(['a'], ['b'])).toEqual({ numerator: 0, denominator: 2 })
  expect(twoWayPeople(['a', 'b'], ['b', 'a'])).toEqual({ numerator: 2, denominator: 2 })
  expect(twoWayPeople([], [])).toEqual({ numerator: 0, denominator: 0 })
})

test('askers who also gave help, of all askers', () => {
  expect(askersWhoHelp(['a', 'a', 'b', 'c'], ['c', 'z'])).toEqual({ numerator: 1, denominator: 3 })
  expect(askersWhoHelp([], ['c'])).toEqual({ numerator: 0, denominator: 0 })
})
