import { expect, it } from 'vitest'
import type { Rejection } from '../../../shared/contract/import.ts'
import { groupRejections, sayPositions } from './group-rejections.ts'

const row = (position: number, message: string, file: string | null = null): Rejection => ({
  position,
  message,
  file,
  pointer: '/type',
  code: 'invalid_value',
})

it('puts rows with the same reason together, apart for each file', () => {
  const groups = groupRejections([row(2, 'no time'), row(3, 'no type'), row(1200, 'no time'), row(2, 'no time', 'b.csv')])
  expect(groups.map(({ file, message, positions }) => [file, message, positions])).toEqual([
    [null, 'no time', [2, 1200]],
    [null, 'no type', [3]],
    ['b.csv', 'no time', [2]],
  ])
  expect([[2], [2, 1200], [2, 3, 4], [2, 3, 4, 5, 6]].map(sayPositions)).toEqual(['2', '2 and 1,200', '2, 3 and 4', '2, 3, 4 and 2 more'])
})
