/** Made-up weeks, followed as the alarm follows them, with nothing in the database: for tests of words. */
import type { DirectionSeries } from '../shared/contract/verdict.ts'
import { addDays } from '../shared/period.ts'
import { followChange } from '../server/diagnosis/direction/detect.ts'
import { hearWeeks, type StoredWeek } from '../server/diagnosis/direction/hear-weeks.ts'
import { holidaysOf } from '../server/diagnosis/direction/tell-direction.ts'
import { sumsOf } from '../server/diagnosis/direction/weekly-series.ts'
import type { AlertMaterial } from '../server/alerts/alert-rule.ts'
import { type Db, type DeclineFrom, episodesOf } from '../server/alerts/decline/follow-decline.ts'
import { tellDecline } from '../server/alerts/decline/tell-decline.ts'

type Counts = Partial<Omit<StoredWeek, 'from_on'>>

const FIRST = '2023-01-02'
const PLAIN: Omit<StoredWeek, 'from_on'> = {
  joins: 0,
  leavers: 0,
  members: 400,
  active_people: 0,
  questions: 0,
  answered: 0,
  is_joins_step: false,
  is_leavers_step: false,
  event_count: 40,
  is_known_whole: false,
}

/** `tells`: the series that some source tells. */
export const giveWeeks = (
  counts: readonly Counts[],
  {
    tells = ['joins'],
    name = 'Pumps community',
    strictness = 1,
  }: { tells?: readonly DirectionSeries['id'][]; name?: string; strictness?: number } = {},
): DeclineFrom => {
  const weeks = counts.map((one, i): StoredWeek => ({ ...PLAIN, ...one, from_on: addDays(FIRST, i * 7) }))
  const all = hearWeeks(weeks, { heardFrom: (id) => (tells.includes(id) ? FIRST : null), isHoliday: holidaysOf(weeks) })
  const overUntil = addDays(FIRST, weeks.length * 7)
  const material: AlertMaterial = {
    communityId: '00000000-0000-4000-8000-000000000000',
    slug: 'pumps',
    name,
    timeZone: 'Europe/Berlin',
    firstOn: FIRST,
    knownBy: new Date(`${overUntil}T00:00:00Z`),
    overUntil,
    now: new Date(`${overUntil}T05:00:00Z`),
    context: { sources: [], threads: 'said' } as unknown as AlertMaterial['context'],
  }
  const followed = followChange(all, 'worse', { strictness })
  return { material, strictness, weeks, all, sums: all.map(sumsOf), followed, indexOf: new Map(weeks.map((week, i) => [week.from_on, i])) }
}

export const emptyDb = { query: async () => ({ rows: [] }) } as unknown as Db

/** Every notice of every episode, as it would have been told. */
export const tellAll = async (from: DeclineFrom) => {
  const told = []
  for (const episode of episodesOf(from)) {
    const by = { db: emptyDb, from }
    told.push(await tellDecline(by, episode, 'began', episode.began_on))
    for (const on of episode.worse_on) told.push(await tellDecline(by, episode, 'clearly_worse', on))
    if (episode.ended_on !== null && (episode.ending === 'recovered' || episode.ending === 'passed'))
      told.push(await tellDecline(by, episode, episode.ending, episode.ended_on))
  }
  return told
}
