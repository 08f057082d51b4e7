import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { type Cell, writeCsv } from './csv.ts'

test('what a spreadsheet would run as a formula is text', () => {
  for (const bad of ['=1+1', '+1', '-1', '@sum(a1)', '\t=1', '\r=1']) expect(parse(writeCsv([[bad]]))).toEqual([[`'${bad}`]])
})

test('a negative number stays a number, and nothing known is an empty cell', () => {
  expect(writeCsv([[-3, 0.5, null, Number.NaN]])).toBe('-3,0.5,,\r\n')
})

test('a reader gets back what was written', () => {
  const cell = fc.oneof(
    fc.string().map((s) => `x${s}`),
    fc.integer(),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      expect(parse(writeCsv(rows as Cell[][]))).toEqual(rows.map((row) => row.map(String)))
    }),
  )
})
