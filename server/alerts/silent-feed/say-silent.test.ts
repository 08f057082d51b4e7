import { describe, expect, it } from 'vitest'
import { alertContentSchema } from '../../../shared/contract/alert.ts'
import type { Connection, Connections } from './load-arrivals.ts'
import { type Recovered, sayNotSilent, sayRecovered, saySilent, type SilentSource, sayUsual } from './say-silent.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const frame = (name = 'Pumps', notice: 'began' | 'clearly_worse' | 'recovered' | 'withdrawn' = 'began') => ({
  rule: 'silent-feed' as const,
  notice,
  community: { slug: 'pumps', name, time_zone: 'Europe/Berlin' },
  on: '2026-03-15',
  known_by: '2026-03-16T01:00:00.000Z',
  chart: null,
  evidence_path: '/c/pumps/alerts?rule=silent-feed&on=2026-03-15',
})
const slack: SilentSource = {
  source: 'slack',
  last_at: new Date('2026-03-12T05:00:00Z'),
  silent_days: 3,
  usual_a_day: 40.4,
  would_have_come: 121.2,
  longest_days: 1,
  share: 0.6,
}
const forum: SilentSource = {
  ...slack,
  source: 'forum',
  last_at: new Date('2026-03-13T11:30:00Z'),
  silent_days: 2,
  usual_a_day: 0.4,
  would_have_come: 0.8,
  share: 0.01,
}
const connection = (more: Partial<Connection> = {}): Connection => ({
  source: 'slack',
  webhook_count: 0,
  last_refused_at: null,
  last_failed_at: null,
  last_status: null,
  last_import_at: null,
  has_last_import_failed: false,
  ...more,
})
const connected = (more: Partial<Connection> = {}, keys: Partial<Connections> = {}): Connections => ({
  sources: [connection(more)],
  ingest_key_count: 1,
  key_last_used_at: new Date('2026-03-15T00:00:00Z'),
  ...keys,
})
const told = (more: Partial<Parameters<typeof saySilent>[0]> = {}) =>
  saySilent({ frame: frame(), silent: [slack], others: ['forum'], connections: connected(), a_year: 0.17, most_days_a_year: 0.05, ...more })

describe('a silent source', () => {
  it('is told as a fault of ours, since when and against what, and never as a decline', () => {
    const content = told()
    expect(alertContentSchema.parse(content)).toEqual(content)
    expect({
      ...content,
      ...Object.fromEntries(['subject', 'headline', 'how_sure'].map((key) => [key, plain(content[key as 'subject'])])),
    }).toMatchObject({
      subject: 'Pumps: no data from “slack” since 12 March 2026',
      headline: 'Nothing has come from “slack” since 12 March 2026, 06:00.',
      how_sure:
        'About 120 events would have come by now; in the year before, its longest silence was one whole day. False alarms, by simulation: about one in six years of the worst kind of source, and of those that send on most days about one in 20 years or fewer.',
    })
    expect(content.sentences.map(plain)).toEqual([
      'About 40 events a day were usual; none has come for three whole days.',
      'That is most likely a fault of ours or of the connection. It says nothing of the members, and is no decline.',
      '“forum” still sends. Until the other comes again, numbers may fall only because its events are missing.',
    ])
    expect(content.figures.map((row) => Object.values(row).map(plain))).toEqual([
      ['“slack”', 'nothing since 12 March 2026, 06:00', 'about 40 events a day', 'three whole days'],
    ])
    expect(content.driver && plain(content.driver.parts[0]?.share as string)).toBe('60 % of what usually comes')
  })

  it('alone, says that the weeks are left out of the decline alarm', () => {
    expect(told({ others: [] }).sentences.at(-1)).toBe('While nothing comes, the weeks are left out of the decline alarm.')
  })

  it('says what is wrong where that is known', () => {
    const sentence = (more: Partial<Connection>, keys: Partial<Connections> = {}) =>
      told({ connections: connected(more, keys) }).driver?.sentence
    expect(sentence({ webhook_count: 1, last_refused_at: new Date('2026-03-15T07:00:00Z') })).toBe(
      'Deliveries of “slack” still come and are refused, last on 15 March 2026, 08:00: they are not signed with the secret that was set up here.',
    )
    expect(sentence({ webhook_count: 1, last_failed_at: new Date('2026-03-15T07:00:00Z'), last_status: 422 })).toContain(
      '(answered with 422)',
    )
    expect(sentence({ last_import_at: new Date('2026-03-14T07:00:00Z'), has_last_import_failed: true })).toBe(
      'The last import of “slack”, on 14 March 2026, 08:00, failed.',
    )
    expect(sentence({}, { ingest_key_count: 0 })).toContain('no live feed is set up for it, and no key may send')
    expect(sentence({}, { key_last_used_at: new Date('2026-03-12T05:00:00Z') })).toBe(
      'No key that may send has been used since “slack” was last heard.',
    )
    // refused before it fell silent: that is not why
    expect(sentence({ webhook_count: 1, last_refused_at: new Date('2026-03-11T07:00:00Z') })).toContain('does not show what is wrong')
  })

  it('looks where it can come from', () => {
    expect(told().look_first.map(({ path }) => path)).toEqual(['/c/pumps/data#keys', '/c/pumps/data#sources'])
    expect(told({ connections: connected({ webhook_count: 1, last_import_at: new Date(0) }) }).look_first.map(({ path }) => path)).toEqual([
      '/c/pumps/data#feeds',
      '/c/pumps/data#imports',
      '/c/pumps/data#keys',
    ])
  })
})

it('a further one is told with those that were silent already', () => {
  const content = saySilent(
    {
      frame: frame('Pumps', 'clearly_worse'),
      silent: [slack, forum],
      others: [],
      connections: connected(),
      a_year: 0,
      most_days_a_year: null,
    },
    [forum],
  )
  expect(plain(content.headline)).toBe('Now nothing comes from “forum” any more: nothing since 13 March 2026, 12:30.')
  expect(content.sentences.map(plain)).toContain('“slack” was silent already.')
  expect(content.figures).toHaveLength(2)
  // by looser limits than the usual ones it was not found how often those that send on most days are wrongly called silent
  expect(content.how_sure).not.toContain('most days')
})

it('all together, of which each sends too seldom', () => {
  const content = told({ silent: [{ ...slack, source: null, share: null }], others: [] })
  expect(content.headline).toBe('Nothing has come from any source since 12 March 2026, 06:00.')
  expect(content.driver).toBeNull()
})

it('names five and counts the others', () => {
  const many = Array.from({ length: 500 }, (_, i): SilentSource => ({ ...slack, source: `s${i}` }))
  const content = told({ silent: many })
  expect(plain(content.headline)).toBe('Nothing has come from “s0”, “s1”, “s2”, “s3”, “s4” and 495 others since 12 March 2026, 06:00.')
  expect(content.figures).toHaveLength(5)
})

it('says how many are usual in the span that people would use', () => {
  expect([400, 123, 40.4, 1.5, 1, 0.3, 0.2, 0.04, 0.01].map(sayUsual)).toEqual([
    'about 400 events a day',
    'about 120 events a day',
    'about 40 events a day',
    'about 2 events a day',
    'about 7 events a week',
    'about 2 events a week',
    'about 6 events a month',
    'about 1 event a month',
    'fewer than one event a month',
  ])
})

describe('what has come again', () => {
  const recovered = (delivered: Recovered['delivered']): Recovered => ({ ...slack, resumed_on: '2026-03-16', came: 38, delivered })
  const say = (delivered: Recovered['delivered']) =>
    sayRecovered({ frame: frame('Pumps', 'recovered'), recovered: [recovered(delivered)], others: [] })

  it('says what is missing', () => {
    const content = say({ day_count: 0, event_count: 0 })
    expect(plain(content.subject)).toBe('Pumps: data come again from “slack”')
    expect(plain(content.headline)).toBe('Events come again from “slack”: the first on 16 March 2026.')
    expect(content.sentences.map(plain)).toEqual([
      'From “slack” nothing had come since 12 March 2026, 06:00, for three whole days. Nothing of these days has been delivered since: they are missing.',
    ])
    expect(content.look_first[0]?.path).toBe('/c/pumps/import')
  })

  it('says what was delivered late', () => {
    expect(plain(say({ day_count: 3, event_count: 118 }).sentences[0] as string)).toContain(
      'All of these days have been delivered late, with 118 events',
    )
    expect(plain(say({ day_count: 1, event_count: 1 }).sentences[0] as string)).toContain(
      'Of one of these days one event has been delivered late',
    )
  })
})

it('takes nothing of a name for more than text', () => {
  const evil = '\u202e<script>alert(1)</script>\r\nBcc: all@example.com\u0000\u2066 “x” {slug}'.padEnd(400, 'y')
  const contents = [
    told({
      frame: frame(evil),
      silent: [{ ...slack, source: evil }],
      others: [evil],
      connections: { ...connected(), sources: [connection({ source: evil, last_refused_at: new Date('2026-03-15T00:00:00Z') })] },
    }),
    sayRecovered({
      frame: frame(evil, 'recovered'),
      recovered: [{ ...slack, source: evil, resumed_on: '2026-03-16', came: 1, delivered: { day_count: 0, event_count: 0 } }],
      others: [evil],
    }),
    sayNotSilent(frame(evil, 'withdrawn'), { ...told(), headline: evil }),
  ]
  for (const content of contents) {
    const { community: _, ...said } = content
    const texts = JSON.stringify(said)
    for (const trap of ['\u202e', '\u2066', '\\u0000', '\\r', '\\n']) expect(texts).not.toContain(trap)
    expect(content.subject.length).toBeLessThan(250)
  }
})
