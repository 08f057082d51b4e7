import { expect, it } from 'vitest'
import type { Hook } from '../../../shared/contract/alert-hook.ts'
import { sayHook } from './say-hook.ts'

const last: NonNullable<Hook['last']> = {
  mail_id: '00000000-0000-4000-8000-000000000001',
  subject: 'Pumps: fewer new members',
  is_test: false,
  state: 'sent',
  put_at: '2026-01-01T08:00:00Z',
  tried_at: '2026-01-01T08:00:00Z',
  next_try_at: null,
  settled_at: '2026-01-01T08:01:00Z',
  attempt_count: 1,
  answer: '200 OK · ok',
}
const hook: Hook = {
  hook_id: '00000000-0000-4000-8000-000000000000',
  kind: 'slack',
  label: '#pumps',
  host: 'hooks.slack.com',
  rules: null,
  is_on: true,
  off_reason: null,
  old_secret_until: null,
  created_at: '2026-01-01T07:00:00Z',
  created_by: 'Ana',
  updated_at: '2026-01-01T09:00:00Z',
  updated_by: null,
  version: 1,
  last,
  waiting_count: 0,
}
const say = (over: Partial<Hook>, of: Partial<typeof last> = {}) => sayHook({ ...hook, last: { ...last, ...of }, ...over }, 'UTC')

it('says whether it works, and what to look at where it does not', () => {
  expect(say({ last: null })).toEqual({ text: 'Nothing has gone there yet. A test shows whether it arrives.', isBad: false })
  expect(say({})).toEqual({ text: '“Pumps: fewer new members” arrived on 1 January 2026, 08:01.', isBad: false })
  expect(say({}, { is_test: true, state: 'waiting', attempt_count: 0 }).text).toBe('The test is on its way.')
  const again = { state: 'waiting', settled_at: null, next_try_at: '2026-01-01T08:02:00Z', answer: '503 Service Unavailable' } as const
  expect(say({ waiting_count: 3 }, again)).toEqual({
    text: '“Pumps: fewer new members” did not arrive so far and is tried again from 1 January 2026, 08:02. It said: “503 Service Unavailable”. 2\u00a0others wait as well.',
    isBad: true,
  })
  expect(say({}, { state: 'refused', answer: 'x leads to 10.0.0.1.' }).text).toMatch(/was refused on .* x leads to 10\.0\.0\.1\.$/)
  expect(say({}, { state: 'uncertain', answer: null })).toMatchObject({ isBad: true, text: expect.stringContaining('nobody knows') })
  expect(say({ is_on: false })).toEqual({ text: 'Switched off: nothing goes there.', isBad: false })
  expect(say({ is_on: false, off_reason: 'Gone.' })).toEqual({ text: 'Switched itself off on 1 January 2026, 09:00. Gone.', isBad: true })
})
