import type { EventInput } from '../../../../shared/contract/event.ts'
import { CAPABILITIES, type Capability } from '../../../../shared/contract/metric.ts'
import {
  ARCHETYPES,
  type Archetype,
  type ArchetypeName,
  meanThreadSize,
  THREAD_KINDS,
  type ThreadKind,
  type WorkTalk,
} from './archetypes.ts'
import { localDays, momentOfDay } from './calendar.ts'
import { createEventQueue } from './event-queue.ts'
import { createFeed, type Feed } from './feed-bot.ts'
import { createRandom, type Random } from './random.ts'
import { createRoster, type Person } from './roster.ts'
import { createPracticeSharing } from './share-practices.ts'
import { type Happening, startThread } from './start-thread.ts'
import { TALK } from './talk.ts'
import { createWriter } from './write-at-length.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS
/** Of the members at the end, those who were there in the first fortnight; leavers a week; all our judgement. */
const FOUNDER_SHARE = 0.45
const LEAVE_RATE = 0.0035
const FOUNDING_MS = 14 * DAY_MS
/** Practices draw from a stream of their own, so that the rest is the same with them and without. */
const PRACTICE_SEED = 0x9ac71ce
/** At the same instant they come after everything else. */
const PRACTICES_AFTER = 1e12
/** So do the lengths of what people write, and the feed. */
const WRITING_SEED = 0x3d1f5e1
const FEED_SEED = 0x51c6ab3
const FEED_AFTER = 2e12
/** The hour of the morning at which an issue comes out, within an hour. */
const ISSUE_HOUR = 9
/** Posts of the bot, for each contribution of a person. */
const BOT_SHARE = 0.35

export type SyntheticOptions = {
  archetype: ArchetypeName
  /** A whole number; the same seed and options give the same events. */
  seed: number
  /** Nothing happens after this. */
  endAt: Date
  /** IANA name; days and nights are those of this zone. */
  timeZone: string
  /** How many members there are about at the end. */
  members?: number
  weeks?: number
  contributionsPerWeek?: number
  /** Share of threads that are of any kind by anyone, 0 to 1. */
  noise?: number
  /** 0: every day alike; 1: weekends, a summer lull, the end of the year. */
  seasonality?: number
  /** Activity at the end divided by activity at the beginning. */
  trend?: number
  /** A bot posts a feed into the place. */
  hasBot?: boolean
  /** Says otherwise than the archetype. */
  changed?: Partial<Archetype>
  /** So much of the contributions are as in another archetype, 0 to 1. */
  blend?: { archetype: ArchetypeName; share: number }
  /** Nobody contributes for so many weeks, ending so many weeks before the end; then it wakes. */
  silence?: { weeks: number; endsWeeksBeforeEnd: number }
  /** A feed that posts by the clock. */
  feed?: Feed
  /** People write as much as people do, and let drop words of work at this rate; left out, each message is a sentence or two. */
  workTalk?: WorkTalk
  source?: string
}

const pickKind = (threads: Archetype['threads'], random: Random): ThreadKind => {
  let rest = random.next() * THREAD_KINDS.reduce((sum, kind) => sum + threads[kind], 0)
  for (const kind of THREAD_KINDS) {
    rest -= threads[kind]
    if (rest < 0) return kind
  }
  return 'question'
}

/** The silence in the middle, as instants; none lies at the end of time. */
const quietSpan = ({ silence }: SyntheticOptions, endAt: number) => {
  if (!silence) return { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  const to = endAt - silence.endsWeeksBeforeEnd * WEEK_MS
  return { from: to - silence.weeks * WEEK_MS, to }
}

/** The share of threads to be like `other`, so that the share of contributions is as asked for. */
const threadShare = (archetype: Archetype, other: Archetype, share: number): number => {
  const threads = share / meanThreadSize(other)
  return threads / (threads + (1 - share) / meanThreadSize(archetype))
}

/**
 * The events of a made-up community, in the order of time. Memory holds the members and what is still to happen from
 * threads already open, whatever the number of events. Nothing depends on a clock.
 */
export function* generateEvents(options: SyntheticOptions): Generator<EventInput> {
  const archetype: Archetype = { ...ARCHETYPES[options.archetype], ...options.changed }
  const { members = archetype.members, weeks = archetype.weeks, contributionsPerWeek = archetype.contributions_per_week } = options
  const { noise = 0.04, seasonality = 0.7, trend = 1, hasBot = false, source = 'synthetic', timeZone } = options
  const random = createRandom(options.seed)
  const roster = createRoster(random)
  const queue = createEventQueue()
  const endAt = options.endAt.getTime()
  const startAt = endAt - weeks * WEEK_MS
  const silentAt = endAt - Math.min(archetype.silent_weeks, weeks / 2) * WEEK_MS
  const quiet = quietSpan(options, endAt)
  const workTalk = options.workTalk ?? archetype.work_talk
  const write = workTalk && createWriter(createRandom(options.seed + WRITING_SEED), workTalk)
  let order = 0
  let practiceOrder = 0
  let feedOrder = 0
  /** Threads opened now are cut off here. */
  let cutAt = Math.min(silentAt, quiet.from)

  const happen = ({ at, type, actor, talk, thread_id, in_reply_to, target, properties }: Happening): string => {
    const id = `e${++order}`
    const event: Omit<EventInput, 'occurred_at'> = {
      id,
      source,
      type,
      actor: { id: actor.id, name: actor.name, ...(actor.is_bot ? { is_bot: true } : {}) },
    }
    if (thread_id) event.thread_id = thread_id
    if (in_reply_to) event.in_reply_to = in_reply_to
    if (target) event.target_actor = target.id
    if (talk) Object.assign(event, TALK[talk](random))
    if (talk && write && event.text) event.text = write(talk, event.text)
    if (properties) event.properties = properties
    // what a silence would cut off is not said at all: a place that died did not stop in mid-sentence
    if (at < cutAt || type === 'content.viewed' || type.startsWith('member.')) queue.add({ at, order, event })
    actor.busy_until = Math.max(actor.busy_until, at)
    return id
  }
  const join = (at: number) => {
    const person = roster.join(at)
    happen({ at, type: 'member.joined', actor: person })
    return person
  }

  const founders = Math.max(2, Math.round(members * FOUNDER_SHARE))
  const host = join(startAt + HOUR_MS)
  for (let n = 1; n < founders; n++) join(startAt + HOUR_MS + Math.floor((n / founders) * Math.min(FOUNDING_MS, (endAt - startAt) / 4)))
  const bot: Person = {
    id: 'bot',
    name: 'Feed bot',
    joined_at: startAt,
    has_left: false,
    busy_until: 0,
    asking: 0,
    helping: 0,
    is_bot: true,
  }
  const joinsPerDay = ((members - founders) / weeks + LEAVE_RATE * members * 0.75) / 7
  const other: Archetype | null = options.blend ? ARCHETYPES[options.blend.archetype] : null
  const otherShare = options.blend && other ? threadShare(archetype, other, options.blend.share) : 0
  const threadSize = meanThreadSize(archetype) * (1 - otherShare) + (other ? meanThreadSize(other) * otherShare : 0)
  const threadsPerDay = contributionsPerWeek / threadSize / 7
  const practicesPerDay = (contributionsPerWeek / 7) * archetype.practices
  const sharePractices = createPracticeSharing(createRandom(options.seed + PRACTICE_SEED), source)
  const stage = { archetype, random, roster, host, happen }
  const feedUntil = options.feed && createFeed(options.feed, startAt, createRandom(options.seed + FEED_SEED), source)
  let nextIssueAt = archetype.issues ? startAt + 2 * DAY_MS : Number.POSITIVE_INFINITY

  function* takeUntil(until: number): Generator<EventInput> {
    for (let next = queue.takeUntil(until); next; next = queue.takeUntil(until))
      yield { ...next.event, occurred_at: new Date(next.at).toISOString() } as EventInput
  }

  let dayNumber = 0
  let mood = 1
  for (const day of localDays(startAt, endAt, timeZone, seasonality)) {
    if (dayNumber % 7 === 0) mood = random.logNormal(1, 0.15)
    dayNumber++
    const isSilent = day.starts_at >= silentAt || (day.starts_at >= quiet.from && day.starts_at < quiet.to)
    if (day.starts_at >= quiet.to) cutAt = silentAt
    for (let n = isSilent ? 0 : random.poisson(joinsPerDay * Math.min(2, day.activity)); n > 0; n--) {
      const at = momentOfDay(day, random)
      // a joining in the silence would not be said, and what that person did would
      if (at > startAt && at <= endAt && at < cutAt) join(at)
    }
    for (let n = random.poisson((LEAVE_RATE / 7) * roster.present().length); n > 0; n--) {
      const person = random.pick(roster.present())
      const at = momentOfDay(day, random)
      // nobody is heard of after leaving
      if (person === host || person.has_left || person.busy_until >= at || at < startAt || at > endAt) continue
      person.has_left = true
      happen({ at, type: 'member.left', actor: person })
    }
    // the tables of who does how much are dear in a large community
    if (dayNumber <= 15 || dayNumber % 7 === 0) roster.update(day.starts_at)
    const progress = Math.min(1, Math.max(0, (day.starts_at - startAt) / (endAt - startAt)))
    const level = (2 * (1 + (trend - 1) * progress)) / (1 + trend)
    const moments = Array.from({ length: isSilent ? 0 : random.poisson(threadsPerDay * day.activity * level * mood) }, () =>
      momentOfDay(day, random),
    )
    for (const at of moments.sort((a, b) => a - b)) {
      if (at <= startAt + 2 * HOUR_MS || at > endAt || at >= cutAt) continue
      const isNoise = random.isTrue(noise)
      const like = other && random.isTrue(otherShare) ? other : archetype
      const inPlace = like === archetype ? stage : { ...stage, archetype: like }
      startThread(inPlace, pickKind(isNoise ? ARCHETYPES.mixed.threads : like.threads, random), at, day, isNoise)
    }
    if (archetype.issues && day.starts_at >= nextIssueAt) {
      const at = day.starts_at + Math.floor((ISSUE_HOUR + random.next()) * HOUR_MS)
      if (at <= endAt && at < cutAt && !isSilent) startThread(stage, archetype.issues.kind, at, day, false)
      nextIssueAt += archetype.issues.every_days * DAY_MS
    }
    if (isSilent && dayNumber % 2 === 0) {
      const visitor = roster.draw('asking')
      if (visitor) happen({ at: momentOfDay(day, random), type: 'content.viewed', actor: visitor })
    }
    if (practicesPerDay > 0 && !isSilent)
      for (const { at, event } of sharePractices(day, roster.present(), practicesPerDay * day.activity))
        if (at > startAt + 2 * HOUR_MS && at <= endAt && at < cutAt) queue.add({ at, order: PRACTICES_AFTER + ++practiceOrder, event })
    if (hasBot && !isSilent)
      for (let n = random.poisson((contributionsPerWeek / 7) * BOT_SHARE); n > 0; n--)
        happen({ at: momentOfDay(day, random), type: 'post.published', actor: bot, talk: 'announcement' })
    const dayEndsAt = Math.min(day.starts_at + DAY_MS - HOUR_MS, endAt)
    for (const { at, event } of feedUntil?.(dayEndsAt) ?? [])
      if (!isSilent && at < cutAt && at <= endAt) queue.add({ at, order: FEED_AFTER + ++feedOrder, event })
    // the next day may begin an hour sooner, where clocks go forward
    yield* takeUntil(dayEndsAt)
  }
  yield* takeUntil(endAt)
}

/** How many contributions a week make a community of about `events` events in all, by trying it small. */
export const contributionsForEvents = (events: number, options: SyntheticOptions): number => {
  const sample = { ...options, members: 40, contributionsPerWeek: 60 }
  let total = 0
  let others = 0
  for (const { type } of generateEvents(sample)) {
    total++
    if (type === 'member.joined' || type === 'member.left') others++
  }
  const members = options.members ?? ARCHETYPES[options.archetype].members
  return Math.max(0.1, (60 * Math.max(events - members * 1.3, events / 4)) / Math.max(1, total - others))
}

/** What a made-up community can tell: everything there is. */
export const SYNTHETIC_TELLS: readonly Capability[] = CAPABILITIES
