import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HOUSE_RULES_FILE, renderHouseRules } from './render-house-rules.ts'
import { THRESHOLD_IDS } from './thresholds.ts'

test('the page of house rules is as the thresholds render it; if not, run npm run render', () => {
  expect(readFileSync(join(import.meta.dirname, '../..', HOUSE_RULES_FILE), 'utf8')).toBe(renderHouseRules())
})

test('it lists every threshold once', () => {
  const listed = [...renderHouseRules().matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1])
  expect(listed.toSorted()).toEqual(THRESHOLD_IDS.toSorted())
})
