/** Windows for tests: facts counted from a few toy threads, slowly and obviously, and one example of each verdict. */
import { distributionOf } from './distribution.ts'
import { DEFAULT_HOUSE_RULES } from './house-rules.ts'
import type { FeedFacts, WindowFacts } from './window-facts.ts'

type ExampleReply = { by: string | null; is_late?: boolean }
export type ExampleThread = {
  kind: 'question' | 'post' | 'announcement' | 'work'
  by: string | null
  replies?: ExampleReply[]
  /** A question younger than seven days. */
  is_fresh?: boolean
}

const FEED: FeedFacts = {
  history_weeks: 100,
  recent_contribution_count: 0,
  earlier_contribution_count: 0,
  earlier_start_count: 0,
  earlier_weeks: 92,
  is_feed_alive: true,
  feed_gap_days: 0,
  bot_contribution_count: 0,
  bot_account_count: 0,
  quarantined_contribution_count: 0,
  deleted_contribution_count: 0,
}

/** Counts a window whose contributions all lie in its last eight weeks, with a thousand earlier ones. */
export const countWindow = (threads: readonly ExampleThread[], feed: Partial<FeedFacts> = {}): WindowFacts => {
  const mix = { help: 0, discussion: 0, broadcast: 0, news: 0, work: 0, other: 0 }
  const by = new Map<string, { contributions: number; starts: number; answers: number; questions: number; news: number }>()
  const hosted = new Map<string, number>()
  const episodes = { question_count: 0, ripe_count: 0, ripe_answered_count: 0 }
  let anonymous_count = 0
  let answer_count = 0
  const count = (
    who: string | null,
    host: string | null,
    what: { start?: boolean; answer?: boolean; question?: boolean; news?: boolean },
  ) => {
    if (host !== null) hosted.set(host, (hosted.get(host) ?? 0) + 1)
    if (what.answer) answer_count++
    if (who === null) {
      anonymous_count++
      return
    }
    const person = by.get(who) ?? { contributions: 0, starts: 0, answers: 0, questions: 0, news: 0 }
    person.contributions++
    if (what.start) person.starts++
    if (what.answer) person.answers++
    if (what.question) person.questions++
    if (what.news) person.news++
    by.set(who, person)
  }
  for (const { kind, by: author, replies = [], is_fresh } of threads) {
    const isOther = (reply: ExampleReply) => reply.by !== author
    const isJoined = replies.some(isOther)
    count(author, author, { start: true, question: kind === 'question', news: kind === 'announcement' })
    if (kind === 'question') {
      mix.help++
      episodes.question_count++
      if (!is_fresh) episodes.ripe_count++
      if (!is_fresh && replies.some((reply) => isOther(reply) && !reply.is_late)) episodes.ripe_answered_count++
    } else if (kind === 'work') mix.work++
    else if (kind === 'announcement') mix.news++
    else if (isJoined) mix.discussion++
    else mix.broadcast++
    for (const reply of replies) {
      const answer = kind === 'question' && isOther(reply)
      count(reply.by, author, { answer })
      if (kind === 'work') mix.work++
      else if (answer) mix.help++
      else if (isJoined) mix.discussion++
      else mix.other++
    }
  }
  const people = [...by].sort((a, b) => b[1].contributions - a[1].contributions || (a[0] < b[0] ? -1 : 1))
  const hosts = [...hosted].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const contribution_count = threads.reduce((sum, thread) => sum + 1 + (thread.replies?.length ?? 0), 0)
  const answers_by_person = people.map(([, p]) => p.answers)
  const mostAnswers = Math.max(1, ...answers_by_person)
  const askedByTopAnswerer = Math.max(0, ...people.filter(([, p]) => p.answers === mostAnswers).map(([, p]) => p.questions))
  const news = people.map(([, p]) => p.news)
  return {
    from_on: '2025-01-01',
    at_on: '2025-03-31',
    days: 90,
    house: DEFAULT_HOUSE_RULES,
    feed: { ...FEED, recent_contribution_count: contribution_count, earlier_contribution_count: 1000, earlier_start_count: 1000, ...feed },
    mix,
    people: {
      contribution_count,
      anonymous_count,
      start_count: threads.length,
      answer_count,
      person_ids: people.map(([id]) => id),
      contributions_by_person: people.map(([, p]) => p.contributions),
      starts_by_person: people.map(([, p]) => p.starts),
      answers_by_person,
    },
    hosts: { contribution_count, contributions_by_host: hosts.map(([, n]) => n), host_ids: hosts.map(([id]) => id) },
    episodes,
    talk: { word_count: 0, artefact_word_count: 0, document_word_count: 0 },
    questions_by_others: episodes.question_count - askedByTopAnswerer,
    news_by_top_author: distributionOf(news).top || null,
  }
}

export type Crafted = Partial<Omit<WindowFacts, 'mix' | 'feed' | 'episodes'>> & {
  mix: Partial<WindowFacts['mix']>
  /** What each person made; everyone else of the mix made one contribution. */
  contributions?: number[]
  starts?: number[]
  answers?: number[]
  /** What lies in the threads of each host; the rest in threads of nobody known. */
  hosted?: number[]
  asked?: Partial<WindowFacts['episodes']>
  anonymous?: number
  feed?: Partial<FeedFacts>
}

/** A window given by its counts, for tests at a threshold: what is not said is spread over as many people as there is left. */
export const craftWindow = ({
  mix: some,
  contributions = [],
  starts = [],
  answers = [],
  hosted = [],
  asked = {},
  anonymous = 0,
  feed,
  ...rest
}: Crafted): WindowFacts => {
  const mix = { help: 0, discussion: 0, broadcast: 0, news: 0, work: 0, other: 0, ...some }
  const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0)
  const contribution_count = sum(Object.values(mix))
  const others = contribution_count - anonymous - sum(contributions)
  if (others < 0) throw new RangeError('more contributions by person than there are')
  const all = [...contributions, ...Array.from({ length: others }, () => 1)]
  const person_ids = all.map((_, i) => `p${i}`)
  const filled = (counts: number[]) => all.map((_, i) => counts[i] ?? 0)
  return {
    from_on: '2025-01-01',
    at_on: '2025-03-31',
    days: 90,
    house: DEFAULT_HOUSE_RULES,
    feed: { ...FEED, recent_contribution_count: contribution_count, earlier_contribution_count: 1000, earlier_start_count: 1000, ...feed },
    mix,
    people: {
      contribution_count,
      anonymous_count: anonymous,
      start_count: sum(starts),
      answer_count: sum(answers),
      person_ids,
      contributions_by_person: all,
      starts_by_person: filled(starts),
      answers_by_person: filled(answers),
    },
    hosts: { contribution_count, contributions_by_host: hosted, host_ids: hosted.map((_, i) => `p${i}`) },
    episodes: { question_count: 0, ripe_count: 0, ripe_answered_count: 0, ...asked },
    talk: { word_count: 0, artefact_word_count: 0, document_word_count: 0 },
    questions_by_others: asked.question_count ?? 0,
    news_by_top_author: null,
    ...rest,
  }
}

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const member = (i: number, of = 10) => `member ${i % of}`

/** Thirty questions by ten members, each answered by the next two. */
const community = times(
  30,
  (i): ExampleThread => ({ kind: 'question', by: member(i), replies: [{ by: member(i + 1) }, { by: member(i + 2) }] }),
)
/** The same questions, nearly all answered by one. */
const teaching = times(
  60,
  (i): ExampleThread => ({ kind: 'question', by: member(i), replies: [{ by: i % 10 === 0 ? member(i + 1) : 'teacher' }] }),
)
/** One author, a reader's remark now and then. */
const blog = times(40, (i): ExampleThread => ({ kind: 'post', by: 'author', replies: i % 4 === 0 ? [{ by: member(i / 4) }] : [] }))
/** One author's posts, each with a lively talk of nine readers. */
const commentedBlog = times(8, (): ExampleThread => ({ kind: 'post', by: 'author', replies: times(9, (i) => ({ by: member(i) })) }))
const newsletter = times(36, (i): ExampleThread => ({ kind: 'announcement', by: i % 3 === 0 ? 'editor' : member(i, 4) }))
const workgroup = times(20, (i): ExampleThread => ({ kind: 'work', by: member(i, 6), replies: [{ by: member(i + 1, 6) }] }))
/** A bit of everything. */
const mixed = [
  ...times(8, (i): ExampleThread => ({ kind: 'question', by: member(i), replies: [{ by: member(i + 1) }] })),
  ...times(12, (i): ExampleThread => ({ kind: 'post', by: member(i) })),
  ...times(6, (i): ExampleThread => ({ kind: 'announcement', by: member(i + 5) })),
  ...times(8, (i): ExampleThread => ({ kind: 'work', by: member(i + 2) })),
]

export const EXAMPLES = {
  community: countWindow(community),
  teaching_platform: countWindow(teaching),
  blog: countWindow(blog),
  commented_blog: countWindow(commentedBlog),
  newsletter: countWindow(newsletter),
  workgroup: countWindow(workgroup),
  mixed: countWindow(mixed),
  too_little_data: countWindow(community.slice(0, 4)),
  dormant: countWindow(mixed.slice(0, 1), { recent_contribution_count: 2 }),
  empty: countWindow([], {
    history_weeks: 0,
    earlier_contribution_count: 0,
    earlier_start_count: 0,
    earlier_weeks: 1,
    is_feed_alive: false,
    feed_gap_days: 90,
  }),
  /** Twelve of twelve are news: a monthly newsletter, on 365 days. */
  small_newsletter: { ...countWindow(times(12, (): ExampleThread => ({ kind: 'announcement', by: 'editor' }))), days: 365 },
  one_person_alone: countWindow(times(12, (): ExampleThread => ({ kind: 'post', by: 'author' }))),
} satisfies Record<string, WindowFacts>
