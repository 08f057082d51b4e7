/** What a manager says of an item of today's list. */
import type { Pool } from 'pg'
import type { CareItem, CareKind, CareMark } from '../../../shared/contract/today.ts'
import { type CareSubject, CONTRIBUTION_KINDS, findMark, setMark } from '../../store/care-marks.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { readScope, showPeople } from './build-today.ts'
import { quietKey, topicKey } from './care-key.ts'
import { draftMarked } from './draft-marked.ts'
import { readContributions } from './find-marked.ts'
import { readHangingTopics } from './hanging-topics.ts'
import { loadThreadBasis } from '../../metrics/capabilities.ts'
import { readQuietRegulars } from './quiet-regulars.ts'
import type { TodayScope } from './today-scope.ts'

export type Marked = { item: CareItem; isStale: boolean } | { refused: 'no-item' | 'unfit-mark' }

/**
 * Sets a mark, or takes it back where it is null, and gives the item as it then is. An item that nobody lists any longer may be marked
 * as long as it is there: pages are older than what happens. `isStale`: numbers follow with the next refresh.
 */
export const markItem = async (
  pool: Pool,
  community: ReportedCommunity,
  { kind, key, mark }: { kind: CareKind; key: string; mark: CareMark | null },
  { now, by }: { now: Date; by: string | null },
): Promise<Marked> => {
  const scope = await readScope(pool, community, 1)
  if (scope === null) return { refused: 'no-item' }
  const isRuling = mark === 'answered_elsewhere' || mark === 'not_a_question'
  if (isRuling && !CONTRIBUTION_KINDS.includes(kind)) return { refused: 'unfit-mark' }
  const before = await findMark(pool, scope.communityId, kind, key)
  const found = await findSubject(pool, scope, kind, key)
  const subject = found ?? before
  if (subject === null) return { refused: 'no-item' }
  if (isRuling && found !== null && !found.isQuestion) return { refused: 'unfit-mark' }
  // of what has gone from the events a mark may be taken back, and nothing new be said
  const isKept = found === null && mark !== null
  // a topic that comes back after its time is done once more, from now on
  const isStale =
    isKept || (before?.mark === mark && kind !== 'topic_on_one')
      ? false
      : await setMark(pool, { communityId: scope.communityId, subject, mark, knownBy: scope.knownBy, now, by })
  const after = await findMark(pool, scope.communityId, kind, key)
  const [draft] = await draftMarked(pool, scope, [after ?? { ...subject, mark: 'done', marked_at: now, marked_by: null, known_by: null }])
  if (draft === undefined) return { refused: 'no-item' }
  const [item] = await showPeople(pool, scope.communityId, [after === null ? { ...draft, mark: null } : draft], 'names')
  return item === undefined ? { refused: 'no-item' } : { item: { ...item, kind }, isStale }
}

type Subject = CareSubject & { isQuestion: boolean }
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const findSubject = async (pool: Pool, scope: TodayScope, kind: CareKind, key: string): Promise<Subject | null> => {
  if (CONTRIBUTION_KINDS.includes(kind)) return UUID.test(key) ? findContribution(pool, scope, kind, key) : null
  return kind === 'quiet_regular' ? findQuiet(pool, scope, key) : findTopic(pool, scope, key)
}

const findContribution = async (pool: Pool, { communityId }: TodayScope, kind: CareKind, key: string): Promise<Subject | null> => {
  const [one] = await readContributions(pool, communityId, [key])
  if (!one || !(one.is_question || (kind === 'waiting_newcomer' && one.is_first))) return null
  const subject = { kind, item_key: key, event_key: key, identity_key: null, channel: null }
  return { ...subject, since: one.since, isQuestion: one.is_question }
}

const findQuiet = async (pool: Pool, scope: TodayScope, key: string): Promise<Subject | null> => {
  const found = await readQuietRegulars(pool, scope)
  if ('cannot' in found) return null
  for (const one of found.people)
    for (const identity_key of one.identity_keys)
      if (quietKey(scope.communityId, identity_key, one.last_on) === key) {
        const subject = { kind: 'quiet_regular', item_key: key, event_key: null, identity_key, channel: one.channel } as const
        return { ...subject, since: one.since, isQuestion: false }
      }
  return null
}

const findTopic = async (pool: Pool, scope: TodayScope, key: string): Promise<Subject | null> => {
  const { communityId } = scope
  const topics = await readHangingTopics(pool, scope, (await loadThreadBasis(pool, communityId)) === 'both')
  const one = topics.find(({ channel }) => topicKey(communityId, channel) === key)
  if (!one) return null
  const { rows } = await pool.query<{ identity_key: string }>(
    'select identity_key from identity where community_id = $1 and person_id = $2 order by identity_key limit 1',
    [communityId, one.person_id],
  )
  const identity_key = rows[0]?.identity_key ?? null
  return { kind: 'topic_on_one', item_key: key, event_key: null, identity_key, channel: one.channel, since: one.since, isQuestion: false }
}
