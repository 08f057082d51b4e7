import type { ClientBase, Pool } from 'pg'
import type { AlertContent, AlertNotice } from '../../../shared/contract/alert.ts'
import { addDays, daysBetween } from '../../../shared/period.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { formatInstant, sayCountOf } from '../../../shared/format.ts'
import { localDay } from '../../rollup/data-span.ts'
import type { AlertMaterial, Episode, ReadOptions, RuleReading } from '../alert-rule.ts'
import { type Feed, type FeedSilence, followFeeds, recoveredIn, silentOn } from './follow-feeds.ts'
import { loadArrivals, loadConnections, loadDelivered } from './load-arrivals.ts'
import { nameSources, type Recovered, sayNotSilent, sayRecovered, saySilent, type SilentSource } from './say-silent.ts'
import { statedOfFeed, statedOfMostDays } from './stated.ts'

const CHART_DAYS = 56
const SERIES_DAYS = 182
/** Drawn at most: what is told of more is in words. */
const SERIES = 7

/** How the feeds of a community have stood on each day that is over by the clock: a silent feed is not known by what it sends. */
export const readSilentFeed = async (
  db: Pool | ClientBase,
  material: AlertMaterial,
  { strictness, kept }: ReadOptions,
): Promise<RuleReading> => {
  const { communityId, timeZone } = material
  const today = await localDay(db, material.now, timeZone)
  const sources = await loadArrivals(db, { communityId, timeZone, today })
  const all = followFeeds(sources, { overUntil: today, strictness, told: kept.map(({ began_on }) => began_on) })
  const { axis, feeds, together, episodes } = all
  const judged = feeds.filter(({ followed }) => followed.is_feed)
  const last = axis.days.at(-1) ?? null
  const silentNow = last === null ? [] : silentOn(all, last)
  const rates = { a_year: statedOfFeed(strictness).a_year, most_days_a_year: statedOfMostDays(strictness) }

  const frameOf = (notice: AlertNotice, on: string, began_on: string, chart: AlertContent['chart']) => ({
    rule: 'silent-feed' as const,
    notice,
    community: { slug: material.slug, name: material.name, time_zone: timeZone },
    on,
    known_by: material.now.toISOString(),
    chart,
    evidence_path: `/c/${encodeURIComponent(material.slug)}/alerts?rule=silent-feed&on=${began_on}`,
  })
  const usualOfAll = (): number => (together ?? feeds[0])?.followed.usual.a_day ?? 0
  const describe = ({ feed, silence }: FeedSilence, on: string): SilentSource => {
    const lastDay = axis.days[silence.last] as string
    const until = silence.resumed === null ? addDays(on, 1) : (axis.days[silence.resumed] as string)
    const silent_days = daysBetween(lastDay, until) - 1
    return {
      source: feed === together ? null : feed.source,
      last_at: feed.days.find((day) => day.on === lastDay)?.last_at ?? new Date(`${lastDay}T00:00:00Z`),
      silent_days,
      usual_a_day: silence.usual.a_day,
      would_have_come: wouldHaveCome(silence, silent_days),
      longest_days: silence.longest_days,
      share: feeds.length === 1 || feed === together ? null : shareOf(silence.usual.a_day, judged, usualOfAll()),
    }
  }
  const wouldHaveCome = ({ last: lastAt, usual }: FeedSilence['silence'], days: number): number =>
    axis.weekdays.slice(lastAt + 1, lastAt + 1 + days).reduce((sum, weekday) => sum + (usual.by_weekday[weekday] as number), 0)
  const chartOf = ({ feed, silence }: FeedSilence, on: string): AlertContent['chart'] => {
    const to = axis.days.indexOf(on)
    const from = Math.max(0, to - CHART_DAYS + 1)
    const name = feed === together ? 'all sources together' : nameSources([feed.source])
    return {
      title: `Events a day from ${name}`,
      caption: 'Events by the day on which they came.',
      unit: 'events a day',
      weeks: axis.days.slice(from, to + 1).map((day, i) => ({ on: day, value: feed.counts[from + i] as number })),
      usual: Number(silence.usual.a_day.toFixed(1)),
      judged_from: axis.days[silence.last + 1] as string,
    }
  }
  const liveBeside = (silent: readonly FeedSilence[]): string[] => {
    const isSilent = new Set(silent.map(({ feed }) => feed))
    return together !== null && isSilent.has(together) ? [] : judged.filter((feed) => !isSilent.has(feed)).map(({ source }) => source)
  }

  const tell = async (episode: Episode, notice: Exclude<AlertNotice, 'withdrawn'>, on: string): Promise<AlertContent> => {
    if (notice === 'recovered' || notice === 'passed') return tellRecovered(episode, notice, on)
    const standing = silentOn(all, on)
    // it may be over by the day asked for, where it became known late: then it is told as it was on its last day
    const silent = standing.length > 0 ? standing : silentOn(all, episode.worse_on.at(-1) ?? episode.began_on)
    const told = silent.map((one) => describe(one, on))
    const fresh = silent.flatMap(({ silence }, i) =>
      (axis.days[silence.noticed] as string) >= (episode.worse_on.at(-1) ?? on) ? [told[i] as SilentSource] : [],
    )
    const largest = [...silent].sort((a, b) => b.silence.usual.a_day - a.silence.usual.a_day)[0] as FeedSilence
    const connections = await loadConnections(
      db,
      communityId,
      silent.map(({ feed }) => feed.source),
    )
    const frame = frameOf(notice, on, episode.began_on, chartOf(largest, on))
    const said = { frame, silent: told, others: liveBeside(silent), connections, ...rates }
    return saySilent(said, notice === 'clearly_worse' && fresh.length > 0 ? fresh : null)
  }

  const tellRecovered = async (episode: Episode, notice: AlertNotice, on: string): Promise<AlertContent> => {
    const found = recoveredIn(all, episode)
    const recovered: Recovered[] = []
    for (const one of found) {
      const { feed, silence } = one
      const resumed = silence.resumed as number
      const resumed_on = axis.days[resumed] as string
      recovered.push({
        ...describe(one, on),
        resumed_on,
        came: feed.counts.slice(resumed, axis.days.indexOf(on) + 1).reduce((sum, count) => sum + count, 0),
        delivered: await loadDelivered(db, {
          communityId,
          source: feed === together ? null : feed.source,
          from_on: axis.days[silence.last + 1] as string,
          to_on: resumed_on,
        }),
      })
    }
    const largest = [...found].sort((a, b) => b.silence.usual.a_day - a.silence.usual.a_day)[0]
    const frame = frameOf(notice, on, episode.began_on, largest ? chartOf(largest, on) : null)
    return sayRecovered({ frame, recovered, others: silentOn(all, on).map(({ feed }) => feed.source) })
  }

  const sortedFeeds = [...judged].sort((a, b) => b.followed.usual.a_day - a.followed.usual.a_day)
  return {
    periods: all.periods,
    episodes,
    series: sortedFeeds.slice(0, SERIES).map((feed, i) => ({
      id: `source-${i + 1}`,
      title: plainLine(feed.source, 60),
      unit: 'events a day',
      weeks: axis.days
        .slice(-SERIES_DAYS)
        .map((on, day) => ({ on, value: feed.counts[Math.max(0, axis.days.length - SERIES_DAYS) + day] as number })),
    })),
    cannot_judge: judged.length === 0 && !together?.followed.is_feed && episodes.length === 0 ? sayNoFeed(sources.length) : null,
    swing: null,
    sentence: sayStanding(
      all.feeds.length,
      judged,
      silentNow.map((one) => describe(one, last as string)),
      timeZone,
    ),
    tell,
    tellWithdrawn: async (keptAlert) => {
      const on = last ?? keptAlert.began_on
      return sayNotSilent(frameOf('withdrawn', on, keptAlert.began_on, null), keptAlert.content)
    },
  }
}

const shareOf = (one: number, judged: readonly Feed[], all: number): number | null => {
  const sum = Math.max(
    all,
    judged.reduce((total, { followed }) => total + followed.usual.a_day, 0),
  )
  return sum > 0 ? Math.min(1, one / sum) : null
}

const sayNoFeed = (sources: number): string =>
  sources === 0
    ? 'Nothing has come that was new when it came, so there is no feed to watch: archives are no feeds.'
    : 'No source has sent on enough days, over four weeks or more, to be called a feed: what was imported once is an archive, and ends by itself.'

const sayStanding = (count: number, judged: readonly Feed[], silent: readonly SilentSource[], timeZone: string): string => {
  if (silent.length > 0) {
    const first = silent.reduce((a, b) => (b.last_at < a.last_at ? b : a))
    const names = first.source === null ? 'any source' : nameSources(silent.map(({ source }) => source))
    return `Nothing has come from ${names} since ${formatInstant(first.last_at.toISOString(), timeZone)}.`
  }
  if (judged.length === 0) return `It cannot be judged. ${sayNoFeed(count)}`
  const names = nameSources(judged.map(({ source }) => source))
  const rest = count - judged.length
  return (
    `${names} ${judged.length === 1 ? 'sends' : 'send'} as usual` +
    (rest > 0 ? `; ${sayCountOf(rest, 'other source')} ${rest === 1 ? 'is' : 'are'} no feed that could fall silent.` : '.')
  )
}
