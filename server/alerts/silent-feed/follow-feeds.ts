import type { Episode, ReadPeriod } from '../alert-rule.ts'
import { type DayAxis, makeDayAxis } from './day-axis.ts'
import { type FollowedSource, followSource, type NoticedSilence } from './follow-source.ts'

/** Days on which a source sent what was new then, in order. */
export type SourceArrivals = {
  source: string
  days: { on: string; event_count: number; last_at: Date }[]
  /** Known to have been whole on the local days before this one; null: only its events can say. */
  whole_until: string | null
  /** Its live feed delivered something on the local day before this one, be it nothing that is counted: it was connected; null: there is none. */
  alive_until: string | null
}

export type Feed = SourceArrivals & { followed: FollowedSource; counts: Float64Array }

export type FollowedFeeds = {
  axis: DayAxis
  feeds: Feed[]
  /** All sources as if they were one: where each sends too seldom to be judged alone. Null for one source. */
  together: Feed | null
  periods: ReadPeriod[]
  episodes: Episode[]
}

/** A silence of one feed, with the feed. */
export type FeedSilence = { feed: Feed; silence: NoticedSilence }

const WHY_NOT = 'No source has sent often enough, over four weeks or more, to tell a silence from a pause.'

/**
 * Every source by itself, and all together, from the first day on that anything came to the last that is over. One episode for all that is silent
 * at a time: it begins with the first, is worse with each further one, and ends with the last. Pure.
 */
export const followFeeds = (
  sources: readonly SourceArrivals[],
  { overUntil, strictness, told }: { overUntil: string; strictness: number; told: readonly string[] },
): FollowedFeeds => {
  const from = sources.reduce<string | null>(
    (first, { days }) => (days[0] && (first === null || days[0].on < first) ? days[0].on : first),
    null,
  )
  const axis = makeDayAxis(from ?? overUntil, overUntil)
  const placeOf = new Map(axis.days.map((day, i) => [day, i]))
  const toldAt = told.flatMap((day) => placeOf.get(day) ?? [])
  const follow = (arrivals: SourceArrivals): Feed => {
    const counts = new Float64Array(axis.days.length)
    for (const { on, event_count } of arrivals.days) {
      const at = placeOf.get(on)
      if (at !== undefined) counts[at] = event_count
    }
    const place = (day: string | null) => (day === null ? 0 : day >= overUntil ? axis.days.length : (placeOf.get(day) ?? 0))
    const known = { wholeBefore: place(arrivals.whole_until), aliveBefore: place(arrivals.alive_until) }
    return { ...arrivals, counts, followed: followSource({ axis, counts, ...known, strictness, told: toldAt }) }
  }
  const feeds = sources.map(follow)
  const together = sources.length > 1 ? follow(addUp(sources)) : null
  const silences = feeds.flatMap((feed) => feed.followed.silences.map((silence) => ({ feed, silence })))
  // what one source explains is not said of all
  const common = (together?.followed.silences ?? []).filter((all) => !silences.some(({ silence }) => overlap(all, silence)))
  const noticed = [...silences.map(({ silence }) => silence), ...common]
  const episodes = joinSilences(noticed, axis)
  return { axis, feeds, together, episodes, periods: periodsOf(axis, together ? [...feeds, together] : feeds, episodes) }
}

const overlap = (a: NoticedSilence, b: NoticedSilence): boolean =>
  a.last < (b.ended ?? Number.POSITIVE_INFINITY) && b.last < (a.ended ?? Number.POSITIVE_INFINITY)

const addUp = (sources: readonly SourceArrivals[]): SourceArrivals => {
  const days = new Map<string, SourceArrivals['days'][number]>()
  for (const { on, event_count, last_at } of sources.flatMap((source) => source.days)) {
    const sum = days.get(on)
    days.set(on, {
      on,
      event_count: (sum?.event_count ?? 0) + event_count,
      last_at: sum === undefined || sum.last_at < last_at ? last_at : sum.last_at,
    })
  }
  // one that was whole, or connected, says nothing of the others
  const leastOf = (days: (string | null)[]) => (days.includes(null) ? null : ((days as string[]).sort()[0] ?? null))
  return {
    source: '',
    days: [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1)),
    whole_until: leastOf(sources.map(({ whole_until }) => whole_until)),
    alive_until: leastOf(sources.map(({ alive_until }) => alive_until)),
  }
}

const joinSilences = (silences: readonly NoticedSilence[], { days }: DayAxis): Episode[] => {
  const episodes: Episode[] = []
  let until = -1
  for (const one of [...silences].sort((a, b) => a.noticed - b.noticed)) {
    const day = days[one.noticed] as string
    const ended = one.ended ?? Number.POSITIVE_INFINITY
    const running = episodes.at(-1)
    if (running === undefined || one.noticed >= until) {
      episodes.push({ began_on: day, worse_on: [], ...endOf(one, days) })
      until = ended
      continue
    }
    if (day !== running.began_on && running.worse_on.at(-1) !== day) running.worse_on.push(day)
    if (ended >= until) Object.assign(running, endOf(one, days))
    until = Math.max(until, ended)
  }
  return episodes
}

const endOf = ({ ended, ending }: NoticedSilence, days: readonly string[]): Pick<Episode, 'ended_on' | 'ending'> => ({
  ended_on: ended === null ? null : (days[ended] as string),
  ending,
})

const periodsOf = ({ days }: DayAxis, feeds: readonly Feed[], episodes: readonly Episode[]): ReadPeriod[] => {
  const told = new Map(
    episodes.flatMap(({ began_on, worse_on, ended_on, ending }) => [
      [began_on, 'began' as const] as const,
      ...worse_on.map((day) => [day, 'clearly_worse' as const] as const),
      ...(ended_on !== null && ending === 'recovered' ? [[ended_on, 'recovered' as const] as const] : []),
    ]),
  )
  return days.map((on, i) => {
    let statistic: number | null = null
    for (const { followed } of feeds) {
      const one = followed.statistic[i] as number
      if (!Number.isNaN(one) && (statistic === null || one > statistic)) statistic = one
    }
    const is_standing = episodes.some(({ began_on, ended_on }) => began_on <= on && (ended_on === null || on < ended_on))
    return { on, statistic, is_standing, notice: told.get(on) ?? null, reason: statistic === null ? WHY_NOT : null }
  })
}

/** What is silent at the end of a day; all together where no single one is. */
export const silentOn = ({ axis, feeds, together }: FollowedFeeds, on: string): FeedSilence[] => {
  const at = axis.days.indexOf(on)
  const find = (all: readonly Feed[]) =>
    all.flatMap((feed) =>
      feed.followed.silences
        .filter(({ noticed, ended }) => noticed <= at && (ended === null || ended > at))
        .map((silence) => ({ feed, silence })),
    )
  const single = find(feeds)
  return single.length > 0 || together === null ? single : find([together])
}

/** What of an episode has come again by the day it ended. */
export const recoveredIn = (followed: FollowedFeeds, { began_on, ended_on }: Episode): FeedSilence[] => {
  const [from, to] = [
    followed.axis.days.indexOf(began_on),
    ended_on === null ? Number.POSITIVE_INFINITY : followed.axis.days.indexOf(ended_on),
  ]
  const find = (all: readonly Feed[]) =>
    all.flatMap((feed) =>
      feed.followed.silences
        .filter(({ noticed, ended, ending }) => ending === 'recovered' && noticed >= from && ended !== null && ended <= to)
        .map((silence) => ({ feed, silence })),
    )
  const single = find(followed.feeds)
  return single.length > 0 || followed.together === null ? single : find([followed.together])
}
