import type { Archetype, ArchetypeName } from '../../server/ingest/sources/synthetic/archetypes.ts'
import type { SyntheticOptions } from '../../server/ingest/sources/synthetic/synthetic.ts'
import { addDays } from '../../shared/period.ts'
import type { VerdictName } from '../../shared/contract/verdict.ts'
import { always, type Group, type LabelledCommunity, type Observer } from './labelled-community.ts'

/** Made-up communities end here, so that a run gives the same numbers next year. */
export const ENDS_AT = new Date('2026-06-15T12:00:00Z')
const WINDOW_WEEKS = 90 / 7
const TIME_ZONES = ['UTC', 'Europe/Amsterdam', 'America/Sao_Paulo', 'Asia/Kolkata', 'Australia/Perth']
const TRENDS = [1, 0.7, 1.6]

type Case = {
  title: string
  archetype: ArchetypeName
  label: VerdictName
  /** Contributions that a window of 90 days holds on average. */
  sizes: readonly number[]
  members: (size: number) => number
  weeks?: number
  seeds?: number
  noises?: readonly number[]
  changed?: Partial<Archetype>
  more?: Partial<SyntheticOptions>
  /** The feed posts so many times for each contribution. */
  feed?: { name: string; isFlagged: boolean; share: number }
  floor?: number
  observer?: Observer
  /** So many contributions to a thread that a window of 15 holds one or two. */
  hasLongThreads?: boolean
}

const roots = (base: number, factor: number) => (size: number) => Math.round(base + factor * Math.sqrt(size))
const many = roots(8, 2.2)
const readers = roots(20, 4)
const team = roots(8, 0.6)
const few = () => 14
/** With what edits and announcements hold besides, near the median of labelled communities. */
const LITTLE_TALK = { artefact: 0.08, document: 0.12 }

const PURE: readonly Case[] = [
  { title: 'community', archetype: 'community', label: 'community', sizes: [36, 60, 120, 300, 1200], members: many },
  { title: 'blog', archetype: 'blog', label: 'blog', sizes: [36, 60, 120, 300, 1200], members: readers },
  {
    title: 'weblog with lively comments',
    archetype: 'weblog',
    label: 'blog',
    sizes: [36, 60, 120, 300, 1200],
    members: readers,
    hasLongThreads: true,
  },
  { title: 'newsletter', archetype: 'newsletter', label: 'newsletter', sizes: [36, 60, 120, 300, 1200], members: readers },
  { title: 'workgroup', archetype: 'workgroup', label: 'workgroup', sizes: [36, 60, 120, 300, 1200], members: team },
  {
    title: 'teaching platform',
    archetype: 'teaching_platform',
    label: 'teaching_platform',
    sizes: [36, 60, 120, 300, 1200],
    members: roots(15, 3),
  },
]

const community = (title: string, more: Partial<Case>): Case => ({
  title,
  archetype: 'community',
  label: 'community',
  sizes: [60, 150, 400],
  members: many,
  ...more,
})
const facilitated = (share: number) =>
  community(`community whose facilitator gives ${Math.round(100 * share)} % of the answers`, {
    archetype: 'facilitated',
    changed: { host_answer_share: share },
  })
const chat = (title: string, feed: Case['feed']) =>
  community(title, { archetype: 'chat', sizes: [60, 150, 400], ...(feed && { feed }), weeks: 60 })
const shopTalk = (artefact: number, document: number) =>
  community(`small community that talks shop, ${artefact} and ${document} words of work per 100`, {
    members: few,
    more: { workTalk: { artefact, document } },
  })
const talking = (artefact: number, document: number, asks: boolean): Case => ({
  title: `workgroup that talks${asks ? ' and asks' : ''}, ${artefact} and ${document} words of work per 100`,
  archetype: 'talking_workgroup',
  label: 'workgroup',
  sizes: asks ? [150] : [60, 150, 400],
  members: few,
  more: { workTalk: { artefact, document } },
  ...(asks && {
    changed: { threads: { question: 0.35, discussion: 0.58, article: 0.03, announcement: 0.04, edit: 0, task: 0, work_post: 0 } },
  }),
})

const weeksBeforeEnd = (weeks: number): string => addDays(ENDS_AT.toISOString().slice(0, 10), -Math.round(7 * weeks))
/** From so many days of silence on it has gone quiet, and nobody could say before; and so many days after it woke it is itself again. */
const QUIET_DAYS = 56
const AWAKE_DAYS = 90
const sleeping =
  (from: string, to: string): Observer =>
  (day) => {
    if (day < from || day >= addDays(to, AWAKE_DAYS)) return { label: 'community', right: ['community'] }
    if (day >= addDays(from, QUIET_DAYS) && day < to) return { label: 'dormant', right: ['dormant'] }
    return null
  }
const SILENCE = { weeks: 30, endsWeeksBeforeEnd: 40 }

const HARD: readonly Case[] = [
  facilitated(0.2),
  facilitated(0.33),
  facilitated(0.42),
  chat('chat', undefined),
  chat('chat with a feed bot that the source flags', { name: 'Feed', isFlagged: true, share: 1.5 }),
  chat('chat with a feed bot by name', { name: 'industry-news-bot', isFlagged: false, share: 1.5 }),
  chat('chat with a feed under a plain name', { name: 'Plant news', isFlagged: false, share: 0.8 }),
  chat('chat that a feed under a plain name drowns', { name: 'Plant news', isFlagged: false, share: 1.5 }),
  community('community in decline', { sizes: [200, 400], weeks: 104, more: { trend: 0.12 } }),
  community('community that sleeps and wakes', {
    sizes: [60, 150, 400],
    weeks: 130,
    more: { silence: SILENCE },
    observer: sleeping(weeksBeforeEnd(SILENCE.weeks + SILENCE.endsWeeksBeforeEnd), weeksBeforeEnd(SILENCE.endsWeeksBeforeEnd)),
  }),
  community('community that went quiet', {
    archetype: 'dormant',
    sizes: [60, 150, 400],
    weeks: 80,
    observer: sleeping(weeksBeforeEnd(20), '9999-01-01'),
  }),
  community('small circle where everyone helps', { members: () => 12, sizes: [60, 150, 400], weeks: 60 }),
  community('community with long summers', { more: { seasonality: 1 }, sizes: [60, 150] }),
  community('community that mostly talks', {
    changed: { threads: { question: 0.3, discussion: 0.58, article: 0.06, announcement: 0.04, edit: 0.02, task: 0, work_post: 0 } },
  }),
  community('community with a weekly digest', { changed: { issues: { kind: 'announcement', every_days: 7 } } }),
  shopTalk(0.05, 0.1),
  shopTalk(0.1, 0.2),
  shopTalk(0.17, 0.29),
  {
    title: 'newsletter with a discussion corner',
    archetype: 'newsletter_with_corner',
    label: 'newsletter',
    sizes: [60, 150, 400],
    members: readers,
  },
  {
    title: 'thin monthly newsletter',
    archetype: 'monthly_newsletter',
    label: 'newsletter',
    sizes: [3],
    members: () => 60,
    weeks: 130,
    seeds: 3,
    noises: [0],
    changed: { contributions_per_week: 0 },
    floor: 10,
  },
  {
    title: 'one person writing alone',
    archetype: 'lone_writer',
    label: 'blog',
    sizes: [12, 40],
    members: () => 3,
    weeks: 104,
    seeds: 2,
    noises: [0],
    floor: 10,
  },
  {
    title: 'one person writing alone, every week at the same hour',
    archetype: 'lone_writer',
    label: 'blog',
    sizes: [13],
    members: () => 3,
    weeks: 104,
    seeds: 2,
    noises: [0],
    changed: { issues: { kind: 'article', every_days: 7 } },
    more: { contributionsPerWeek: 0 },
    floor: 10,
  },
  {
    title: 'weblog whose author writes two fifths',
    archetype: 'weblog',
    label: 'blog',
    sizes: [60, 150, 400],
    members: readers,
    changed: { host_comment_share: 0.55 },
  },
  {
    title: 'workgroup that also answers questions',
    archetype: 'workgroup_that_answers',
    label: 'workgroup',
    sizes: [60, 150, 400],
    members: team,
  },
  talking(0.54, 0.42, false),
  talking(0.74, 0.85, false),
  talking(1.2, 1.1, false),
  talking(0.74, 0.85, true),
]

const TYPES: readonly ArchetypeName[] = ['community', 'blog', 'newsletter', 'workgroup', 'teaching_platform']

const numberOf = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)

const settingOf = (one: Case, size: number, noise: number) => `${one.title} · ${size} a window · noise ${noise}`

const expand = (group: Group, cases: readonly Case[], usual: { noises: readonly number[]; seeds: (size: number) => number }) =>
  cases.flatMap((one) =>
    one.sizes.flatMap((size) =>
      (one.noises ?? usual.noises).flatMap((noise) => {
        const setting = settingOf(one, size, noise)
        return Array.from({ length: one.seeds ?? usual.seeds(size) }, (_, n): LabelledCommunity => {
          const number = numberOf(setting) + n
          const contributionsPerWeek = one.more?.contributionsPerWeek ?? size / WINDOW_WEEKS
          return {
            setting,
            group,
            title: one.title,
            observer: one.observer ?? always(one.label),
            floor: one.floor ?? 30,
            is_pure: group === 'pure',
            thresholds: {},
            source: {
              synthetic: {
                archetype: one.archetype,
                seed: number,
                endAt: ENDS_AT,
                timeZone: TIME_ZONES[number % TIME_ZONES.length] as string,
                members: one.members(size),
                weeks: one.weeks ?? (size >= 300 ? 56 : 78),
                noise,
                trend: one.weeks === undefined ? (TRENDS[(number >> 3) % TRENDS.length] as number) : 1,
                workTalk: LITTLE_TALK,
                ...(one.changed && { changed: one.changed }),
                ...(one.feed && {
                  feed: { name: one.feed.name, isFlagged: one.feed.isFlagged, perWeek: contributionsPerWeek * one.feed.share },
                }),
                ...one.more,
                contributionsPerWeek: one.archetype === 'monthly_newsletter' ? 0 : contributionsPerWeek,
              },
            },
          }
        })
      }),
    ),
  )

const mixtures = (): LabelledCommunity[] =>
  TYPES.flatMap((first, i) =>
    TYPES.slice(i + 1).flatMap((second) =>
      [0.3, 0.5, 0.7].flatMap((share) => {
        const name = (type: ArchetypeName) => type.replaceAll('_', ' ')
        const parts = `${Math.round(100 * (1 - share))} % ${name(first)}, ${Math.round(100 * share)} % ${name(second)}`
        const one: Case = {
          title: parts,
          archetype: first,
          label: 'mixed',
          sizes: [150],
          members: many,
          more: { blend: { archetype: second, share } },
        }
        const right: VerdictName[] = ['mixed', first as VerdictName, second as VerdictName]
        return expand('mixture', [{ ...one, weeks: 52, observer: () => ({ label: 'mixed', right }) }], { noises: [0.04], seeds: () => 1 })
      }),
    ),
  )

/** Every made-up community, in the order of the report. */
export const madeUpCommunities = (): LabelledCommunity[] => [
  ...expand('pure', PURE, { noises: [0.04, 0.12], seeds: (size) => (size < 300 ? 2 : 1) }),
  ...expand('hard', HARD, { noises: [0.04], seeds: (size) => (size < 400 ? 2 : 1) }),
  ...expand(
    'noisy',
    PURE.map((one) => ({ ...one, sizes: [60, 300] })),
    { noises: [0.25], seeds: () => 1 },
  ),
  ...mixtures(),
  // what windows of 15 contributions would say, if they were asked
  ...expand(
    'floor',
    PURE.filter(({ hasLongThreads }) => !hasLongThreads).map((one) => ({ ...one, sizes: [15], weeks: 52, floor: 10 })),
    { noises: [0.04], seeds: () => 3 },
  ).map((one) => ({
    ...one,
    thresholds: { enough_contributions: 10 },
  })),
]

/** The real archives of the demo, and what they are known to be. */
export const archives = (): LabelledCommunity[] => {
  const archive = (slug: string, title: string, observer: Observer): LabelledCommunity => ({
    setting: `archive ${slug}`,
    group: 'archive',
    title,
    observer,
    floor: 30,
    is_pure: false,
    thresholds: {},
    source: { archive: slug },
  })
  return [
    archive('beer-questions', 'Beer, Wine & Spirits Stack Exchange', always('community')),
    archive('made-mistakes', 'Made Mistakes, a weblog', always('blog')),
    // nothing says which message answers which: neither help nor a host can be told
    archive('houston-datavis', 'Houston data visualisation, a flat chat', always('mixed', 'too_little_data')),
    archive('kubernetes-members', 'Kubernetes organisation, membership only', always('too_little_data')),
  ]
}
