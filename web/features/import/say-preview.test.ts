import { describe, expect, it } from 'vitest'
import type { Preview } from '../../../shared/contract/import.ts'
import { sayFound, sayKnown } from './say-preview.ts'
import { saySize, sayTimeLeft } from './say-size.ts'

const preview = (of: Partial<Preview>): Preview => ({
  by_type: {},
  skipped: {},
  new_events: 0,
  known_events: 0,
  conflicts: 0,
  rejected: 0,
  member_count: 0,
  bot_count: 0,
  channels: [],
  first_event_at: null,
  last_event_at: null,
  tells: [],
  cannot_tell: [],
  cannot: [],
  classified: {},
  inferred: {},
  notes: [],
  rejections: [],
  csv: [],
  ...of,
})
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ')

describe('the headline of a preview', () => {
  it('says how much, by whom and from when to when, in days of the community', () => {
    const found = preview({
      new_events: 1300,
      member_count: 72,
      bot_count: 1,
      first_event_at: '2015-06-05T23:30:00Z',
      last_event_at: '2016-07-27T10:00:00Z',
    })
    expect(plain(sayFound(found, 'Europe/Vienna'))).toBe('1,300 events by 71 people and 1 bot, 6 June 2015 to 27 July 2016')
    expect(plain(sayFound(preview({ new_events: 1, member_count: 1 }), 'UTC'))).toBe('1 event by 1 person')
    expect(sayFound(preview({}), 'UTC')).toBe('Nothing was found in it')
  })

  it('says what is known already and what would become of changed messages', () => {
    expect(sayKnown(preview({ new_events: 5 }), false)).toBeNull()
    expect(plain(sayKnown(preview({ known_events: 1300 }), false))).toBe(
      'Nothing in it is new; 1,300 are known already, or twice in it, and will count once.',
    )
    expect(plain(sayKnown(preview({ new_events: 2, known_events: 1, conflicts: 1 }), false))).toBe(
      '2 events are new; 1 is known already, or twice in it, and will count once and 1 message has changed since it was imported and will stay as it is.',
    )
    expect(plain(sayKnown(preview({ new_events: 2, conflicts: 3 }), true))).toMatch(/they were imported and will be replaced\.$/)
  })
})

it('says sizes and times as people do', () => {
  expect([0, 1, 999, 1000, 230_400, 999_600, 1_400_000_000].map((bytes) => plain(saySize(bytes)))).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1 kB',
    '230 kB',
    '1 MB',
    '1.4 GB',
  ])
  expect([3, 31, 58, 90, 3000, 9000].map((seconds) => plain(sayTimeLeft(seconds)))).toEqual([
    'a few seconds left',
    'about 30 seconds left',
    'about 1 minute left',
    'about 2 minutes left',
    'about 50 minutes left',
    'about 2.5 hours left',
  ])
})
