/** Today's list: what in a community waits for its manager, as known by the end of its data. */
import type { Pool } from 'pg'
import { CARE_KINDS, type CareItem, type CareKind, type Today } from '../../../shared/contract/today.ts'
import { type CommunityContext, loadContext } from '../../metrics/capabilities.ts'
import { notAvailable } from '../../metrics/measured.ts'
import { localDay } from '../../rollup/data-span.ts'
import { listDone, listMarks, type StoredMark } from '../../store/care-marks.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { pseudonym } from '../pseudonym.ts'
import { quietKey, topicKey } from './care-key.ts'
import { CARE_RULES, sayQuiet, sayTopic, sayWaiting } from './care-rules.ts'
import { readNames, readPeopleOf } from './find-marked.ts'
import { type HangingTopic, readHangingTopics, TOPIC_DAYS, whyNoTopics } from './hanging-topics.ts'
import { type DraftItem, draftMarked } from './draft-marked.ts'
import { type QuietRegular, readQuietRegulars } from './quiet-regulars.ts'
import { DAY_MS, type TodayScope } from './today-scope.ts'
import { readOpenQuestions, readWaitingNewcomers, type Waiting } from './waiting.ts'

/** Who is told of whom: managers by name, since they have to act; readers by pseudonym; a sponsor of nobody. */
export type SeesPeople = 'names' | 'pseudonyms' | 'nobody'

export type ReadQuiet = typeof readQuietRegulars

const NOTHING: Today = {
  known_by: null,
  counts: { unanswered_question: 0, waiting_newcomer: 0, quiet_regular: 0, topic_on_one: 0 },
  open_by_age: [],
  rules: CARE_RULES,
  items: [],
  marked: [],
  cannot_tell: [],
}

/** Reads nothing later than the community's `known_by`, and never the clock. */
export const buildToday = async (
  pool: Pool,
  community: ReportedCommunity,
  { limit, sees, readQuiet = readQuietRegulars }: { limit: number; sees: SeesPeople; readQuiet?: ReadQuiet },
): Promise<Today> => {
  const scope = await readScope(pool, community, limit)
  if (scope === null) return { ...NOTHING, cannot_tell: CARE_KINDS.map((kind) => ({ kind, reason: 'No events have come yet.' })) }
  const { communityId } = scope
  const context = await loadContext(pool, communityId)
  const [open, newcomers, quiet, topics, done, marks] = await Promise.all([
    readOpenQuestions(pool, scope),
    readWaitingNewcomers(pool, scope),
    readQuiet(pool, scope),
    readHangingTopics(pool, scope, context.threads === 'both'),
    listDone(pool, communityId),
    listMarks(pool, communityId, limit),
  ])
  const cannot = await findCannotTell(pool, scope, context, 'cannot' in quiet ? quiet.cannot : null)
  const people = await readPeopleOf(
    pool,
    communityId,
    done.flatMap((mark) => mark.identity_key ?? []),
  )
  const waiting = {
    quiet: 'cannot' in quiet ? [] : quiet.people.filter((one) => !isQuietDone(one, done, people)),
    topics: topics.filter((one) => !isTopicDone(one, done, people, scope)),
  }
  const drafts: Record<CareKind, DraftItem[]> = {
    unanswered_question: open.items.map((one) => draftWaiting('unanswered_question', one, context, scope)),
    waiting_newcomer: newcomers.items.map((one) => draftWaiting('waiting_newcomer', one, context, scope)),
    quiet_regular: waiting.quiet.slice(0, limit).map((one) => draftQuiet(one, communityId)),
    topic_on_one: waiting.topics.slice(0, limit).map((one) => draftTopic(one, communityId)),
  }
  const counts = {
    unanswered_question: open.count,
    waiting_newcomer: newcomers.count,
    quiet_regular: waiting.quiet.length,
    topic_on_one: waiting.topics.length,
  }
  const isTold = (kind: CareKind) => !cannot.some((one) => one.kind === kind)
  const listed = CARE_KINDS.filter(isTold).flatMap((kind) => drafts[kind])
  const marked = await draftMarked(pool, scope, marks)
  const shown = await showPeople(pool, communityId, [...listed, ...marked], sees)
  return {
    known_by: scope.knownBy.toISOString(),
    counts: Object.fromEntries(CARE_KINDS.map((kind) => [kind, isTold(kind) ? counts[kind] : 0])) as Today['counts'],
    open_by_age: isTold('unanswered_question') ? open.by_age : [],
    rules: CARE_RULES,
    items: shown.slice(0, listed.length),
    marked: shown.slice(listed.length),
    cannot_tell: cannot,
  }
}

/** Null while no events have come, or none are worked out yet. */
export const readScope = async (pool: Pool, community: ReportedCommunity, limit: number): Promise<TodayScope | null> => {
  const { community_id: communityId, time_zone: timeZone } = community
  const { rows } = await pool.query<{ known_by: Date | null }>('select known_by from community_state where community_id = $1', [
    communityId,
  ])
  const knownBy = rows[0]?.known_by
  if (!knownBy) return null
  return { communityId, timeZone, knownBy, knownOn: await localDay(pool, new Date(knownBy.getTime() - 1), timeZone), limit }
}

const findCannotTell = async (
  pool: Pool,
  scope: TodayScope,
  context: CommunityContext,
  noQuiet: string | null,
): Promise<Today['cannot_tell']> => {
  const reasons: Record<CareKind, string | null> = {
    unanswered_question: missing(context, 'questions'),
    waiting_newcomer: missing(context, 'contributions'),
    quiet_regular: missing(context, 'contributions') ?? noQuiet,
    topic_on_one: missing(context, 'questions') ?? (await whyNoTopics(pool, scope)),
  }
  return CARE_KINDS.flatMap((kind) => (reasons[kind] === null ? [] : [{ kind, reason: reasons[kind] }]))
}

const missing = (context: CommunityContext, capability: 'questions' | 'contributions'): string | null =>
  context.canTell(capability) ? null : notAvailable([capability], context.sourceNames).reason

/** A silence that is done stays so for whoever of their accounts it was said of; a new one begins on another day. */
const isQuietDone = (one: QuietRegular, marks: readonly StoredMark[], people: ReadonlyMap<string, string>): boolean =>
  marks.some(
    (mark) =>
      mark.kind === 'quiet_regular' &&
      mark.identity_key !== null &&
      people.get(mark.identity_key) === one.person_id &&
      mark.since.getTime() >= one.since.getTime(),
  )

/** As long as the answers it rested on are told of, and while it hangs on the same person. */
const isTopicDone = (
  one: HangingTopic,
  marks: readonly StoredMark[],
  people: ReadonlyMap<string, string>,
  { knownBy }: TodayScope,
): boolean =>
  marks.some(
    (mark) =>
      mark.kind === 'topic_on_one' &&
      mark.channel === one.channel &&
      mark.identity_key !== null &&
      people.get(mark.identity_key) === one.person_id &&
      mark.known_by !== null &&
      knownBy.getTime() < mark.known_by.getTime() + TOPIC_DAYS * DAY_MS,
  )

const draftWaiting = (
  kind: 'unanswered_question' | 'waiting_newcomer',
  one: Waiting,
  context: CommunityContext,
  { knownBy }: TodayScope,
): DraftItem => ({
  kind,
  key: one.event_key,
  since: one.since,
  why: sayWaiting(one, kind === 'waiting_newcomer', one.is_inferred && context.threads === 'inferred', knownBy),
  person_id: one.person_id,
  channel: one.channel,
  source: one.source,
  id: one.source_event_id,
  url: one.url,
  is_inferred: one.is_inferred,
  marks: one.is_question ? ['done', 'answered_elsewhere', 'not_a_question'] : ['done'],
  mark: null,
})

export const draftQuiet = (one: QuietRegular, communityId: string): DraftItem => ({
  kind: 'quiet_regular',
  key: quietKey(communityId, one.identity_keys[0] ?? one.person_id, one.last_on),
  since: one.since,
  why: sayQuiet(one),
  person_id: one.person_id,
  channel: one.channel,
  source: one.source,
  id: one.source_event_id,
  url: one.url,
  is_inferred: false,
  marks: ['done'],
  mark: null,
})

export const draftTopic = (one: HangingTopic, communityId: string): DraftItem => ({
  kind: 'topic_on_one',
  key: topicKey(communityId, one.channel),
  since: one.since,
  why: sayTopic(one),
  person_id: one.person_id,
  channel: one.channel,
  source: null,
  id: null,
  url: null,
  is_inferred: false,
  marks: ['done'],
  mark: null,
})

/** The items as a reader may see who is in them. */
export const showPeople = async (pool: Pool, communityId: string, drafts: readonly DraftItem[], sees: SeesPeople): Promise<CareItem[]> => {
  const ids = [...new Set(drafts.flatMap(({ person_id }) => person_id ?? []))]
  const names = sees === 'names' ? await readNames(pool, communityId, ids) : new Map<string, string>()
  return drafts.map(({ person_id, since, mark, ...item }) => ({
    ...item,
    since: since.toISOString(),
    person:
      person_id === null || sees === 'nobody' ? null : { pseudonym: pseudonym(communityId, person_id), name: names.get(person_id) ?? null },
    mark: mark && { ...mark, marked_by: sees === 'names' ? mark.marked_by : null },
  }))
}
