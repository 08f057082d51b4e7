import { describe, expect, it } from 'vitest'
import { addDays } from '../../../shared/period.ts'
import { followFeeds, silentOn, type SourceArrivals } from './follow-feeds.ts'

const FROM = '2024-03-04'
const day = (n: number) => addDays(FROM, n)
/** A source that sends `count` on each of the days for which that is so. */
const source = (name: string, count: number, isSending: (n: number) => boolean, whole_until: string | null = null): SourceArrivals => ({
  source: name,
  whole_until,
  alive_until: null,
  days: Array.from({ length: 300 }, (_, n) => n)
    .filter(isSending)
    .map((n) => ({ on: day(n), event_count: count, last_at: new Date(`${day(n)}T06:00:00Z`) })),
})
const follow = (sources: SourceArrivals[], until = 200, told: string[] = []) =>
  followFeeds(sources, { overUntil: day(until), strictness: 1, told })

describe('several sources', () => {
  it('one dead among live ones is seen', () => {
    const all = follow([source('slack', 10, (n) => n < 100), source('forum', 50, (n) => n < 200)])
    expect(all.episodes).toEqual([{ began_on: day(103), worse_on: [], ended_on: null, ending: null }])
    expect(silentOn(all, day(150)).map(({ feed }) => feed.source)).toEqual(['slack'])
    expect(all.periods.find(({ on }) => on === day(103))).toMatchObject({ notice: 'began', is_standing: true })
    expect(all.periods.at(-1)).toMatchObject({ on: day(199), is_standing: true })
    expect(all.periods.at(-1)?.statistic).toBeGreaterThan(1)
  })

  it('a further one makes it worse, and it ends when the last has come again', () => {
    const all = follow([
      source('a', 10, (n) => n < 100 || n >= 130),
      source('b', 10, (n) => n < 110 || n >= 120),
      source('c', 1, (n) => n < 200),
    ])
    expect(all.episodes).toEqual([{ began_on: day(103), worse_on: [day(113)], ended_on: day(130), ending: 'recovered' }])
    expect(all.periods.find(({ on }) => on === day(113))?.notice).toBe('clearly_worse')
    expect(all.periods.find(({ on }) => on === day(130))).toMatchObject({ notice: 'recovered', is_standing: false })
  })

  it('all that stop on one day are one alert of one notice', () => {
    const all = follow([source('a', 10, (n) => n < 100), source('b', 10, (n) => n < 100)])
    expect(all.episodes).toEqual([{ began_on: day(103), worse_on: [], ended_on: null, ending: null }])
  })

  it('that send too seldom each are judged together', () => {
    // each on one day in sixteen: none sends on nine days before they stop, together they do on every day
    const rare = Array.from({ length: 16 }, (_, i) => source(`s${i}`, 10, (n) => n < 100 && n % 16 === i))
    const all = follow(rare)
    expect(all.feeds.every(({ followed }) => !followed.is_feed)).toBe(true)
    expect(all.episodes).toMatchObject([{ ended_on: null }])
    expect(silentOn(all, day(199))).toMatchObject([{ feed: { source: '' } }])
  })

  it('an archive beside a feed is none', () => {
    const all = follow([source('archive', 9000, (n) => n === 5), source('slack', 10, (n) => n < 200)])
    expect(all.episodes).toEqual([])
  })
})

it('nothing at all, and what came today alone, is no period', () => {
  expect(follow([])).toMatchObject({ periods: [], episodes: [] })
  expect(follow([source('new', 5, (n) => n === 200)], 200)).toMatchObject({ periods: [], episodes: [] })
})

it('thirty sources of three years take less than a second or two', () => {
  const days = Array.from({ length: 1000 }, (_, n) => ({ on: day(n), event_count: (n * 7) % 5, last_at: new Date(0) })).filter(
    (_, n) => n % 3 !== 0,
  )
  const many = Array.from(
    { length: 500 },
    (_, i): SourceArrivals => ({ source: `s${i}`, whole_until: null, alive_until: null, days: i === 0 ? days.slice(0, 500) : days }),
  )
  const all = followFeeds(many, { overUntil: day(1000), strictness: 1, told: [] })
  expect(all.episodes.length).toBeGreaterThan(0)
}, 5000)
