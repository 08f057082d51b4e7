import { expect, test } from 'vitest'
import { readAmount } from './read-amount.ts'

test.each([
  ['40', 40],
  ['0', 0],
  ['40.5', 40.5],
  ['40,5', 40.5],
  ['1,234.50', 1234.5],
  ['1.234,50', 1234.5],
  ['1 234,50', 1234.5],
  ['1,234,567', 1234567],
  ['12 000', 12000],
  ['0.125', 0.125],
  ['1000.', 1000],
])('%s is %d', (typed, amount) => expect(readAmount(typed)).toBe(amount))

test.each(['', 'x', '-5', '1e3', '1,234', '1.234', '1,23,4', '1.2.3,4', '1,2,3.4', '.5', 'NaN', '1.234,5.6'])(
  '"%s" is not guessed at',
  (typed) => expect(readAmount(typed)).toBeNull(),
)
