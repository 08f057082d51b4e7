import { expect, test } from 'vitest'
import { CURRENCIES, decimalsOf, formatMoney, formatMoneyRange, nameCurrency } from './currencies.ts'

test('every code is a currency that can be written and named', () => {
  expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length)
  for (const code of CURRENCIES) {
    expect(code).toMatch(/^[A-Z]{3}$/)
    expect(nameCurrency(code)).not.toBe(code)
    expect(formatMoney(1234, code)).toMatch(/1,234/)
  }
})

test('amounts as they are read: cents below a thousand, none where the currency has none', () => {
  expect([formatMoney(65, 'EUR'), formatMoney(66.08, 'EUR'), formatMoney(12_400.4, 'EUR'), formatMoney(2350, 'JPY')]).toEqual([
    '€65',
    '€66.08',
    '€12,400',
    'JP¥2,350',
  ])
  expect(formatMoneyRange(2600, 7150, 'EUR')).toBe('€2,600–7,150')
  expect(formatMoneyRange(406.25, 1625, 'USD')).toBe('US$406–1,625')
  expect(formatMoneyRange(5, 5, 'EUR')).toBe('€5')
  expect([decimalsOf('EUR'), decimalsOf('JPY'), decimalsOf('BHD')]).toEqual([2, 0, 3])
})
