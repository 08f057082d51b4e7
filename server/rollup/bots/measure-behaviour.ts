import type { BehaviourReason } from '../../../shared/contract/bot.ts'

/** What an account does that a person hardly would. All house rules: no published source sets them. */
export const BEHAVIOUR = {
  /** The latest contributions that are looked at; fewer than this say nothing; fewer than that do not leave it out of the counts. */
  latest: 200,
  fewest: 20,
  enough: 30,
  /** From the first to the last ever. */
  fewest_days: 14,
  /** Slower than this is how people publish: a weekly column, a monthly newsletter. */
  slowest_per_day: 0.5,
  plain_share: 0.8,
  partial_share: 0.5,
  /** "The same moment" of a round of the clock: one sixtieth of it, a minute of the hour. */
  clock_minutes: [60, 30, 15, 10, 5],
  moment_share: 1 / 60,
  /** "The same gap": within this share of it, and never further off than this. */
  gap_share: 0.02,
  gap_seconds: 60,
  /** A sign that so many would show by chance, because times are rounded, is none. */
  chance_share: 0.1,
  answered_share: 0.1,
  reply_share: 0.1,
  /** Standard deviation over mean of the number of words, where there are at least so many on average; people's is 0.5 and more. */
  word_variation: 0.1,
  fewest_words: 5,
  /** People sleep. */
  sleepless_hours: 20,
  news_share: 0.5,
  /** Whoever writes half of all may be what the place is about, unless so many others talk with each other there. */
  main_author_share: 0.5,
  talking_people: 5,
  talking_contributions: 30,
} as const

/** The latest contributions of an account; times in milliseconds, in any order. */
export type AccountPosts = {
  times: readonly number[]
  /** When it wrote first, of all it ever wrote. */
  began_at: number
  /** Half of them or more at the first moment of a day: of those only the date is known. */
  has_mostly_dates: boolean
  /** In threads in which somebody else wrote. */
  answered: number
  replies: number
  news: number
  /** Of those with a text, as all are that count here. */
  with_words: number
  word_count: number
  word_deviation: number
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** The most that lie within an arc of that length, the round being closed to a ring. */
const mostInArc = (times: readonly number[], round: number, arc: number): number => {
  const phases = times.map((at) => ((at % round) + round) % round).sort((a, b) => a - b)
  let most = 0
  for (let first = 0, last = 0; first < phases.length; first++) {
    const end = (phases[first] as number) + arc
    while (last < first + phases.length && (phases[last % phases.length] as number) + (last >= phases.length ? round : 0) < end) last++
    most = Math.max(most, last - first)
  }
  return most
}

/** `resolution` in milliseconds: how finely the times are told. */
const readClock = (times: readonly number[], resolution: number): BehaviourReason['clock'] => {
  let best: BehaviourReason['clock'] = null
  for (const minutes of BEHAVIOUR.clock_minutes) {
    const round = minutes * MINUTE_MS
    const arc = round * BEHAVIOUR.moment_share
    if ((arc + resolution) / round > BEHAVIOUR.chance_share) continue
    const contributions = mostInArc(times, round, arc)
    if (contributions > (best?.contributions ?? 0)) best = { minutes, contributions }
  }
  return best && best.contributions >= BEHAVIOUR.partial_share * times.length ? best : null
}

const readGap = (times: readonly number[], resolution: number): BehaviourReason['gap'] => {
  const sorted = [...times].sort((a, b) => a - b)
  const gaps = sorted.slice(1).map((at, i) => at - (sorted[i] as number))
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0
  const tolerance = Math.min(BEHAVIOUR.gap_share * usual, BEHAVIOUR.gap_seconds * 1000)
  if (usual === 0 || (2 * tolerance + resolution) / usual > BEHAVIOUR.chance_share) return null
  const alike = gaps.filter((gap) => gap >= usual - tolerance && Math.abs(gap - Math.round(gap / usual) * usual) <= tolerance).length
  return alike >= BEHAVIOUR.partial_share * gaps.length ? { seconds: Math.round(usual / 1000), gaps: alike, of: gaps.length } : null
}

type Sign = 'plain' | 'partial' | 'none'
const gradeOf = (share: number): Sign => (share >= BEHAVIOUR.plain_share ? 'plain' : share >= BEHAVIOUR.partial_share ? 'partial' : 'none')

/** Half the people write at times that are multiples of it: `resolution` of what the source tells, in milliseconds. */
const RESOLUTIONS = [DAY_MS, HOUR_MS, 30 * MINUTE_MS, 15 * MINUTE_MS, 5 * MINUTE_MS, MINUTE_MS]
export const EXACT_MS = 1000

/** How finely times are told, by those of several people: what at least half of them round to. */
export const resolutionOf = (people: readonly (readonly number[])[]): number =>
  RESOLUTIONS.find((unit) => {
    const rounded = people.filter((times) => times.filter((at) => at % unit === 0).length * 2 >= times.length)
    return people.length > 0 && rounded.length * 2 >= people.length
  }) ?? EXACT_MS

/**
 * What is measured of an account that looks like a program; null of one that does not. `is_sure` where every sign is plain:
 * regular, never answered and never answering, and either of one length or without a night. What the rest of the community
 * says of it (`share`, and what holds it back because of that) is settled by `settleBehaviour`.
 */
export const measureBehaviour = (posts: AccountPosts, resolution = EXACT_MS): BehaviourReason | null => {
  const { times } = posts
  const contributions = times.length
  const first = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (contributions < BEHAVIOUR.fewest || last - posts.began_at < BEHAVIOUR.fewest_days * DAY_MS) return null
  const { answered, replies, news } = posts
  if (answered > BEHAVIOUR.answered_share * contributions || replies > BEHAVIOUR.reply_share * contributions) return null

  const clock = posts.has_mostly_dates ? null : readClock(times, resolution)
  const gap = posts.has_mostly_dates ? null : readGap(times, resolution)
  const regular = gradeOf(Math.max(clock ? clock.contributions / contributions : 0, gap ? gap.gaps / gap.of : 0))
  const hasWords = posts.with_words >= 0.9 * contributions
  const word_variation = hasWords && posts.word_count > 0 ? posts.word_deviation / posts.word_count : null
  const isAlike = word_variation !== null && word_variation <= BEHAVIOUR.word_variation && posts.word_count >= BEHAVIOUR.fewest_words
  const hours = posts.has_mostly_dates ? 0 : new Set(times.map((at) => ((((at % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS) | 0)).size
  const isSleepless = hours >= BEHAVIOUR.sleepless_hours
  const isSilent = answered === 0 && replies === 0
  const isSlow = contributions < (BEHAVIOUR.slowest_per_day * (last - first)) / DAY_MS
  const isNews = news >= BEHAVIOUR.news_share * contributions

  const isSuspected =
    regular === 'plain' ||
    (regular === 'partial' && (isAlike || (isSleepless && gap !== null))) ||
    // an editor's news, or a lone writer's column, may all be as long and go unanswered
    (isAlike && isSilent && !isNews && !isSlow)
  if (!isSuspected) return null
  const held_back: BehaviourReason['held_back'] = []
  if (contributions < BEHAVIOUR.enough) held_back.push('few')
  if (isSlow) held_back.push('slow')
  if (isNews) held_back.push('news')
  return {
    by: 'behaviour',
    is_sure: regular === 'plain' && isSilent && (isAlike || isSleepless) && held_back.length === 0,
    contributions,
    first_at: new Date(first).toISOString(),
    last_at: new Date(last).toISOString(),
    clock,
    gap,
    answered,
    replies,
    word_count: hasWords ? Number(posts.word_count.toFixed(1)) : null,
    word_variation: word_variation === null ? null : Number(word_variation.toFixed(3)),
    hours,
    news,
    share: 0,
    held_back,
  }
}

/**
 * What the others write says of it: how much of all is by it and those found alike, how finely times are told there, and
 * whether it would be a place with people without them.
 */
export const settleBehaviour = (
  posts: AccountPosts,
  { share, resolution, isPlaceOfOthers }: { share: number; resolution: number; isPlaceOfOthers: boolean },
): BehaviourReason | null => {
  const alone = measureBehaviour(posts)
  if (alone === null) return null
  const among = measureBehaviour(posts, resolution)
  const told = { share: Number(share.toFixed(3)) }
  // where everyone's times are rounded, its are no sign: kept, since others may yet write otherwise, and shown to nobody
  if (among === null) return { ...alone, ...told, is_sure: false, held_back: [...alone.held_back, 'shared_clock'] }
  if (share < BEHAVIOUR.main_author_share || isPlaceOfOthers) return { ...among, ...told }
  return { ...among, ...told, is_sure: false, held_back: [...among.held_back, 'main_author'] }
}
