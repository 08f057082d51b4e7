import { expect, test } from 'vitest'
import { measureEach } from '../given-rows.ts'
import { helpersWithoutTop } from './helpers-without-top.ts'

const valuesOf = (helper_count: number) => Object.values(measureEach(helpersWithoutTop, { helper_count })).map((point) => point.value)

test('those who are left', () => expect(valuesOf(5)).toEqual([4, 3, 2]))
test('no fewer than nobody', () => {
  expect(valuesOf(2)).toEqual([1, 0, 0])
  expect(valuesOf(0)).toEqual([0, 0, 0])
  expect(measureEach(helpersWithoutTop, { helper_count: 1 })['top-2']?.reason).toBe('One\u00a0person answered: that one is left out.')
})
