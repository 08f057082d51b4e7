import { expect, test } from 'vitest'
import { quoteName } from './quote-name.ts'

test('a name is quoted as it is, but cannot turn the sentence round or drown it', () => {
  expect(quoteName('Ana Silva')).toBe('“Ana Silva”')
  expect(quoteName('👩‍🔧 رضا')).toBe('“👩‍🔧 رضا”')
  expect(quoteName('\u202eevil\u001b[31m\u2066')).toBe('“evil[31m”')
  expect(quoteName('🌻'.repeat(90))).toBe(`“${'🌻'.repeat(60)}…”`)
})
