import { expect, test } from 'vitest'
import type { Mail } from '../../../shared/contract/mail.ts'
import { nameKind, sayAnswer, sayState, sayTimes } from './say-mail.ts'

const mail: Mail = {
  mail_id: '00000000-0000-4000-8000-000000000000',
  community: null,
  kind: 'value-report',
  channel: 'mail',
  to: { address: 'sam@example.org', name: null, is_shortened: false },
  subject: 'October',
  state: 'waiting',
  put_at: '2026-01-01T08:00:00Z',
  attempt_count: 0,
  tried_at: null,
  next_try_at: '2026-01-01T08:00:00Z',
  settled_at: null,
  answer: null,
  changed_by: null,
  again_of: null,
  sent_again_as: null,
  can_resend: false,
  can_cancel: true,
}
const say = (over: Partial<Mail>, hasServer = true) => {
  const one = { ...mail, ...over }
  return [sayState(one, hasServer), sayAnswer(one), sayTimes(one, 'UTC', hasServer)]
}

test('a mail that waits says for what', () => {
  expect(say({})).toEqual(['Waits to be sent', null, 'Put in 1 January 2026, 08:00.'])
  expect(say({}, false)[0]).toBe('Would have been sent')
  const tried = { attempt_count: 2, tried_at: '2026-01-01T08:01:00Z', next_try_at: '2026-01-01T08:03:00Z', answer: '451 greylisted' }
  expect(say(tried)).toEqual([
    'Waits to be tried again',
    'The mail server said: “451 greylisted”.',
    'Put in 1 January 2026, 08:00; tried twice, last 1 January 2026, 08:01; next try from 1 January 2026, 08:03.',
  ])
  // without a server there is no next try
  expect(say(tried, false)[2]).toBe('Put in 1 January 2026, 08:00; tried twice, last 1 January 2026, 08:01.')
})

test('a mail at its end says what is known, and no more', () => {
  const end = { attempt_count: 1, tried_at: '2026-01-01T08:01:00Z', settled_at: '2026-01-01T08:02:00Z', next_try_at: null }
  expect(say({ ...end, state: 'sent', answer: '250 queued' })).toEqual([
    'The mail server took it',
    null,
    'Put in 1 January 2026, 08:00; taken 1 January 2026, 08:02.',
  ])
  expect(say({ ...end, state: 'sent', attempt_count: 3 })[2]).toContain('taken 1 January 2026, 08:02 at try 3')
  expect(say({ ...end, state: 'refused', answer: '550 mailbox unavailable' }).slice(0, 2)).toEqual([
    'Refused',
    'The mail server said: “550 mailbox unavailable”.',
  ])
  expect(say({ ...end, state: 'uncertain', answer: 'The connection broke.' }).slice(0, 2)).toEqual([
    'Nobody knows whether it arrived',
    'The connection broke. That was while the mail was handed over, so it may have been kept or lost, and it is not sent again by itself.',
  ])
  expect(say({ state: 'cancelled', changed_by: 'Ana', answer: 'Taken back before it was sent.' })[0]).toBe('Taken back by Ana')
  expect(say({ state: 'cancelled', answer: 'It waited for too long.' }).slice(0, 2)).toEqual(['Not sent', 'It waited for too long.'])
})

test('mails, webhooks and chats of alerts are told apart', () => {
  const names = (['mail', 'webhook', 'slack'] as const).flatMap((channel) =>
    [channel === 'mail' ? 'alert' : 'alert-hook', 'test'].map((kind) => nameKind({ channel, kind })),
  )
  expect(new Set(names).size).toBe(6)
  expect(names.slice(0, 4)).toEqual(['Alert by mail', 'Test', 'Alert to a webhook', 'Test of a webhook'])
})

test('what goes to a hook needs no mail server, and is said to be no mail', () => {
  const chat = { channel: 'slack', kind: 'alert-hook' } as const
  expect(say(chat, false).slice(0, 1)).toEqual(['Waits to be sent'])
  const end = { ...chat, attempt_count: 1, tried_at: '2026-01-01T08:01:00Z', settled_at: '2026-01-01T08:02:00Z', next_try_at: null }
  expect(say({ ...end, state: 'sent', answer: '200 OK · ok' }, false)).toEqual([
    'Its receiver took it',
    null,
    'Put in 1 January 2026, 08:00; taken 1 January 2026, 08:02.',
  ])
  expect(say({ ...end, state: 'refused', answer: '404 no_service' })[1]).toBe('Its receiver said: “404 no_service”.')
  const tried = { ...chat, attempt_count: 1, tried_at: '2026-01-01T08:01:00Z', next_try_at: '2026-01-01T08:02:00Z' }
  expect(say(tried, false)[2]).toContain('next try from 1 January 2026, 08:02')
})
