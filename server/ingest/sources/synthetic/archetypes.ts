/** What a thread opens with. `work_post` opens a thread of work: a draft, a review, an agenda. */
export const THREAD_KINDS = ['question', 'discussion', 'article', 'announcement', 'edit', 'task', 'work_post'] as const
export type ThreadKind = (typeof THREAD_KINDS)[number]

/** How people behave in one kind of community. The numbers are chosen to lie well inside the rules of the verdict (our judgement). */
export type Archetype = {
  title: string
  /** Relative frequency of threads by what they open with. */
  threads: Readonly<Record<ThreadKind, number>>
  /** Share of threads that the host opens, by what they open with; the rest are by everyone. */
  host_start_share: Partial<Readonly<Record<ThreadKind, number>>>
  /** Share of answers that the host gives. */
  host_answer_share: number
  /** Share of questions that get an answer, and further answers to one. */
  answered_share: number
  further_answers: number
  /** Comments on an article by others, and the share of them that the host answers. */
  comments: number
  host_comment_share: number
  /** Replies to an announcement by others. */
  news_replies: number
  /** Replies in a discussion beyond the first. */
  further_replies: number
  /** Practices shared, for each contribution. */
  practices: number
  /** Without these settings said otherwise. */
  members: number
  weeks: number
  contributions_per_week: number
  /** Weeks at the end in which nobody contributes, though the place is still visited. */
  silent_weeks: number
  /** What the host opens by the calendar besides, every so many days at the same hour of the morning. */
  issues?: { kind: ThreadKind; every_days: number }
  /** Words of work that people let drop, for each 100 words: of artefacts and procedure, of documents and building. */
  work_talk?: WorkTalk
}
/** Per 100 words. */
export type WorkTalk = { artefact: number; document: number }

const none: Archetype['threads'] = { question: 0, discussion: 0, article: 0, announcement: 0, edit: 0, task: 0, work_post: 0 }
const usual = {
  host_start_share: {},
  host_answer_share: 0,
  answered_share: 0.9,
  further_answers: 0.7,
  comments: 0,
  host_comment_share: 0,
  news_replies: 0,
  further_replies: 2.2,
  practices: 0,
  members: 90,
  weeks: 78,
  contributions_per_week: 18,
  silent_weeks: 0,
}
const communityThreads = { ...none, question: 0.62, discussion: 0.17, article: 0.08, announcement: 0.04, edit: 0.05, task: 0.04 }

export const ARCHETYPES = {
  community: { ...usual, title: 'a community: members answer each other', threads: communityThreads, practices: 0.015 },
  blog: {
    ...usual,
    title: 'a blog: one person writes, some comment',
    threads: { ...none, article: 0.9, question: 0.05, announcement: 0.05 },
    host_start_share: { article: 1, announcement: 1 },
    host_answer_share: 0.7,
    comments: 0.5,
    host_comment_share: 0.3,
    members: 140,
    weeks: 104,
    contributions_per_week: 6,
  },
  weblog: {
    ...usual,
    title: 'a weblog with lively comments: everyone talks, in one person’s house',
    threads: { ...none, article: 0.97, question: 0.03 },
    host_start_share: { article: 0.98 },
    host_answer_share: 0.5,
    comments: 7,
    host_comment_share: 0.25,
    members: 160,
    weeks: 104,
    contributions_per_week: 16,
  },
  newsletter: {
    ...usual,
    title: 'a newsletter: news from the editors, little in return',
    threads: { ...none, announcement: 0.95, question: 0.03, discussion: 0.02 },
    host_start_share: { announcement: 0.8 },
    host_answer_share: 0.6,
    members: 220,
    weeks: 104,
    contributions_per_week: 3,
  },
  workgroup: {
    ...usual,
    title: 'a workgroup: tasks, drafts and reviews',
    threads: { ...none, edit: 0.45, task: 0.25, work_post: 0.12, question: 0.06, discussion: 0.06, announcement: 0.04 },
    members: 18,
    weeks: 52,
    contributions_per_week: 22,
  },
  teaching_platform: {
    ...usual,
    title: 'a teaching platform: many ask, one answers',
    threads: { ...none, question: 0.85, discussion: 0.05, announcement: 0.06, article: 0.04 },
    host_start_share: { announcement: 1, article: 1 },
    host_answer_share: 0.85,
    answered_share: 0.95,
    further_answers: 0.12,
    members: 120,
    weeks: 60,
    contributions_per_week: 20,
  },
  mixed: {
    ...usual,
    title: 'a mixture: some help, some news, some work',
    practices: 0.01,
    threads: { ...none, question: 0.12, discussion: 0.08, article: 0.45, announcement: 0.35, edit: 0.35, task: 0.15 },
    members: 60,
    weeks: 60,
    contributions_per_week: 20,
  },
  dormant: {
    ...usual,
    title: 'a community that has gone quiet',
    threads: communityThreads,
    practices: 0.01,
    weeks: 110,
    contributions_per_week: 12,
    silent_weeks: 20,
  },
  too_little_data: {
    ...usual,
    title: 'a community just forming',
    threads: communityThreads,
    members: 9,
    weeks: 5,
    contributions_per_week: 4,
  },
  facilitated: {
    ...usual,
    title: 'a community with an active facilitator, who opens much and answers a third',
    threads: communityThreads,
    host_start_share: { discussion: 0.5, article: 0.6, announcement: 0.9, question: 0.05 },
    host_answer_share: 0.33,
    practices: 0.01,
  },
  newsletter_with_corner: {
    ...usual,
    title: 'a newsletter with a discussion corner',
    threads: { ...none, announcement: 0.88, question: 0.05, discussion: 0.05, article: 0.02 },
    host_start_share: { announcement: 0.8, discussion: 0.4 },
    host_answer_share: 0.5,
    news_replies: 0.06,
    members: 200,
    weeks: 104,
    contributions_per_week: 6,
  },
  workgroup_that_answers: {
    ...usual,
    title: 'a workgroup that also answers questions',
    threads: { ...none, edit: 0.42, task: 0.22, work_post: 0.1, question: 0.2, discussion: 0.03, announcement: 0.03 },
    members: 30,
    weeks: 60,
    contributions_per_week: 22,
  },
  talking_workgroup: {
    ...usual,
    title: 'a workgroup that shows its work in its talk alone',
    threads: { ...none, discussion: 0.76, question: 0.14, announcement: 0.06, article: 0.04 },
    // the medians of labelled workgroups
    work_talk: { artefact: 0.74, document: 0.85 },
    members: 14,
    weeks: 60,
    contributions_per_week: 22,
  },
  chat: {
    ...usual,
    title: 'a lively chat: questions and talk in turn',
    threads: { ...none, question: 0.42, discussion: 0.46, article: 0.08, announcement: 0.04 },
    members: 110,
    weeks: 60,
    contributions_per_week: 30,
  },
  monthly_newsletter: {
    ...usual,
    title: 'a newsletter of twelve issues a year, and no more',
    threads: { ...none, announcement: 1 },
    host_start_share: { announcement: 1 },
    issues: { kind: 'announcement', every_days: 30.4 },
    members: 60,
    weeks: 130,
    contributions_per_week: 0,
  },
  lone_writer: {
    ...usual,
    title: 'one person writing alone',
    threads: { ...none, article: 1 },
    host_start_share: { article: 1 },
    members: 3,
    weeks: 104,
    contributions_per_week: 1.5,
  },
} satisfies Record<string, Archetype>
export type ArchetypeName = keyof typeof ARCHETYPES
export const ARCHETYPE_NAMES = Object.keys(ARCHETYPES) as ArchetypeName[]

/** Contributions a thread of this kind holds on average, its opening included. */
const threadSize = (archetype: Archetype, kind: ThreadKind): number => {
  if (kind === 'question') return 1 + archetype.answered_share * (1 + archetype.further_answers + FOLLOW_UP_SHARE)
  if (kind === 'discussion' || kind === 'work_post') return 2 + archetype.further_replies
  if (kind === 'article') return 1 + archetype.comments * (1 + archetype.host_comment_share)
  if (kind === 'announcement') return 1 + archetype.news_replies
  return 1
}
/** Share of answered questions whose asker writes back; our judgement, like the next two. */
export const FOLLOW_UP_SHARE = 0.4
/** Share of answered questions whose asker accepts an answer. */
export const ACCEPT_SHARE = 0.55
/** Reactions and views for each contribution. */
export const REACTIONS = 0.25
export const VIEWS = 0.4

/** Contributions an average thread of this archetype holds. */
export const meanThreadSize = (archetype: Archetype): number => {
  const total = THREAD_KINDS.reduce((sum, kind) => sum + archetype.threads[kind], 0)
  return THREAD_KINDS.reduce((sum, kind) => sum + (archetype.threads[kind] / total) * threadSize(archetype, kind), 0)
}
