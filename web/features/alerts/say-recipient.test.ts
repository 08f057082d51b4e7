import { expect, test } from 'vitest'
import { ALERT_RULES } from '../../../shared/contract/alert.ts'
import { sayRules } from './say-recipient.ts'

const all = ALERT_RULES.map((rule) => ({ rule, title: rule }))

test('what somebody is told of is said by what is in it, or by the one thing that is not', () => {
  expect(sayRules(ALERT_RULES, all)).toBe('of everything that is watched')
  expect(sayRules(ALERT_RULES.slice(0, 6), all)).toBe('of everything but “silent-feed”')
  expect(sayRules(ALERT_RULES.slice(0, 5), all)).toBe('of five of the seven things that are watched')
  expect(sayRules(['decline', 'one-person'], all)).toBe('of “decline”, “one-person”')
  expect(sayRules([], all)).toBe('of nothing that is watched')
  // who does not see a rule is not told that it is left out
  expect(sayRules(ALERT_RULES.slice(0, 6), all.slice(0, 6))).toBe('of everything that is watched')
})
