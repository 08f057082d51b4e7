import { expect, test } from 'vitest'
import type { Alert, Alerts, WatchedRule } from '../../../shared/contract/alert.ts'
import { sayAll, saySent, sayStated, sayStatistic, sayTime } from './say-alerts.ts'

const rule = (state: WatchedRule['state'], a_year = 0.1): WatchedRule =>
  ({
    rule: 'decline',
    state,
    is_on: state !== 'off',
    stated: { a_year, standard_error: a_year === 0 ? null : 0.02, of: '' },
  }) as WatchedRule
const alert = (state: Alert['state'], ruling?: 'right' | 'false_alarm'): Alert =>
  ({ rule: 'decline', state, ruling: ruling === undefined ? null : { ruling } }) as Alert
const say = (rules: WatchedRule[], alerts: Alert[] = [], data_ended_on: string | null = null) =>
  sayAll({ rules, alerts, next_judged_at: null, data_ended_on } satisfies Alerts)

test('what stands, or that nothing does, and how much that means', () => {
  expect(say([rule('quiet'), rule('quiet')])).toBe(
    'Two\u00a0things are watched. Nothing stands. False alarms of a community like this one, all taken together: about one in five years.',
  )
  expect(say([rule('quiet'), rule('standing')], [alert('open'), alert('recovered')])).toContain('One\u00a0alert stands.')
  expect(say([rule('standing'), rule('standing')], [alert('open'), alert('open', 'false_alarm')])).toContain(
    'Two\u00a0alerts stand, one of them called false.',
  )
  expect(say([rule('standing')], [alert('open', 'false_alarm')])).toContain('One\u00a0alert stands, called a false alarm.')
})

test('what is off, cannot be judged or was not judged yet is said, and has no part in the rate', () => {
  expect(say([rule('off'), rule('off')])).toBe('Nothing is watched: every rule is switched off, and nobody is told of anything.')
  expect(say([rule('not_judged_yet'), rule('off')])).toBe(
    'One\u00a0thing is watched. One more is switched off. None has been judged yet; the first round does it.',
  )
  expect(say([rule('cannot_judge'), rule('cannot_judge')])).toBe(
    'Two\u00a0things are watched. None of them can be judged yet; each says why.',
  )
  expect(say([rule('quiet', 0.2), rule('cannot_judge', 5)])).toBe(
    'Two\u00a0things are watched. Nothing stands. One cannot be judged and says why. False alarms of a community like this one, all taken together: about one in five years.',
  )
})

test('what stood when the data ended does not stand today, but for what goes by the clock', () => {
  const archive = (rules: WatchedRule[], alerts: Alert[]) => say(rules, alerts, '2018-06-19')
  expect(archive([rule('standing'), rule('quiet')], [alert('open')])).toBe(
    'Two\u00a0things are watched. One\u00a0alert stood when the data ended, in June 2018; nothing is known of the time since.',
  )
  expect(archive([rule('quiet')], [alert('recovered')])).toBe(
    'One\u00a0thing is watched. Nothing stood when the data ended, in June 2018; nothing is known of the time since.',
  )
  const silent = { ...alert('open'), rule: 'silent-feed' as const }
  expect(archive([rule('standing'), { ...rule('standing', 0.5), rule: 'silent-feed' }], [alert('open'), silent])).toBe(
    'Two\u00a0things are watched. One\u00a0alert stands. One\u00a0alert stood when the data ended, in June 2018; nothing is known of the time since. False alarms of a community like this one, all taken together: about one in two years.',
  )
})

test('a rule that was not simulated promises nothing', () => {
  expect(sayStated({ a_year: 0, standard_error: null, of: 'not simulated' })).toBe(
    'How often it is false is not known: it has not been simulated.',
  )
  expect(sayStated({ a_year: 0, standard_error: 0.01, of: 'of 300 years' })).toBe(
    'False alarms, as stated: fewer than one in a hundred years (of 300 years).',
  )
  expect(say([rule('quiet', 0)])).toBe('One\u00a0thing is watched. Nothing stands.')
  expect(say([rule('quiet', 0), rule('quiet', 0.2)])).toContain(
    'all taken together, as far as they were simulated: about one in five years.',
  )
})

test('a statistic is said in units of its limit', () => {
  expect([-1.2, 0, 0.06, 0.43, 0.97, 0.999, 1, 2.34].map(sayStatistic)).toEqual([
    'far within its limit',
    'far within its limit',
    '0.1 of its limit',
    '0.4 of its limit',
    '0.97 of its limit',
    'at its limit',
    'at its limit',
    '2.3 times its limit',
  ])
})

test('when it stood, and to whom it was told', () => {
  expect(sayTime({ rule: 'decline', began_on: '2026-02-02', ended_on: '2026-05-04', state: 'recovered' })).toBe(
    '2 February 2026 to 4 May 2026',
  )
  expect(sayTime({ rule: 'decline', began_on: '2026-02-02', ended_on: null, state: 'open' })).toBe('noticed in the week of 2 February 2026')
  expect(sayTime({ rule: 'verdict-drift', began_on: '2026-02-01', ended_on: null, state: 'open' })).toBe('noticed in February 2026')
  expect(sayTime({ rule: 'decline', began_on: '2026-02-02', ended_on: '2026-02-02', state: 'withdrawn' })).toBe('2 February 2026')
  expect(saySent({ sent: 'sent', recipient_count: 1 })).toBe('told to one\u00a0recipient')
  expect(saySent({ sent: 'held', recipient_count: 0 })).toBe('held back, as the rule was snoozed')
})
