import { describe, expect, it } from 'vitest'
import type { Webhook } from '../../../shared/contract/webhook.ts'
import { sayState } from './say-delivery.ts'

const NOW = new Date('2026-04-10T12:00:00Z')
const hook = (more: Partial<Webhook> = {}): Webhook => ({
  id: '00000000-0000-0000-0000-000000000000',
  kind: 'discourse',
  name: 'Forum',
  source: 'discourse',
  url: 'https://barnraise.example.org/api/v1/hooks/x',
  created_at: '2026-04-01T00:00:00.000Z',
  last_delivery_at: '2026-04-10T11:00:00.000Z',
  last_event: 'post_created',
  last_status: 200,
  last_outcome: '1 stored',
  delivery_count: 3,
  accepted_count: 3,
  ignored_count: 0,
  last_refused_at: null,
  refused_count: 0,
  ...more,
})

describe('what is said of a feed', () => {
  it('works, waits, is silent, fails, or is not signed', () => {
    expect(sayState(hook(), NOW)).toEqual({ text: 'It works. The latest: 1 stored.', isBad: false })
    expect(sayState(hook({ last_delivery_at: null, delivery_count: 0 }), NOW)).toEqual({ text: 'Nothing has come yet.', isBad: false })
    expect(sayState(hook({ last_delivery_at: '2026-04-03T12:00:00.000Z' }), NOW)).toEqual({
      text: 'Nothing for 7 days. Is it quiet there, or was the webhook switched off?',
      isBad: true,
    })
    expect(sayState(hook({ last_delivery_at: '2026-04-03T12:00:01.000Z' }), NOW).isBad).toBe(false)
    expect(sayState(hook({ last_status: 422, last_outcome: 'The body has no post' }), NOW)).toMatchObject({ isBad: true })
  })

  it('says that a signature was wrong until a right one comes', () => {
    const refused = { last_refused_at: '2026-04-10T11:30:00.000Z', refused_count: 1 }
    expect(sayState(hook({ ...refused, last_delivery_at: null, delivery_count: 0 }), NOW).text).toMatch(/copy the secret again/)
    expect(sayState(hook(refused), NOW)).toMatchObject({ text: expect.stringMatching(/was refused/), isBad: true })
    expect(sayState(hook({ ...refused, last_delivery_at: '2026-04-10T11:45:00.000Z' }), NOW).isBad).toBe(false)
  })
})
