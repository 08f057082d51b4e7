/** realm.json of an export: https://github.com/zulip/zulip, zerver/lib/export.py; times are seconds (floatify_datetime_fields). */
import { cleanName, cleanText } from '../clean-text.ts'
import { readEpoch } from '../read-epoch.ts'
import { readJsonArray } from '../read-json-array.ts'
import type { Place, ReadOptions, SourceItem } from '../source.ts'
import type { SourceFile } from '../source-files.ts'
import { createReactions, type Reactions } from './hold-reactions.ts'

type Row = Record<string, unknown>

/** AbstractRealmAuditLog in zerver/models/realm_audit_logs.py; before 2018 they were words. */
const JOINED: ReadonlySet<unknown> = new Set([101, 102, 104, 'user_created', 'user_activated', 'user_reactivated'])
const LEFT: ReadonlySet<unknown> = new Set([103, 106, 107, 'user_deactivated'])
const CREATED: ReadonlySet<unknown> = new Set([101, 'user_created'])
const RENAMED = 603
/** Keys of extra_data: OLD_VALUE. */
const OLD_VALUE = '1'

const USERS = '/zerver_userprofile'
const SYSTEM_BOTS = '/zerver_userprofile_crossrealm'
const STAND_INS = '/zerver_userprofile_mirrordummy'
const STREAMS = '/zerver_stream'
const RECIPIENTS = '/zerver_recipient'
const AUDIT = '/zerver_realmauditlog'
const REACTIONS = '/zerver_reaction'
const PATHS = [USERS, SYSTEM_BOTS, STAND_INS, STREAMS, RECIPIENTS, AUDIT, REACTIONS]
/** Recipient.STREAM in zerver/models/recipients.py; 1 and 3 are private messages. */
const STREAM_RECIPIENT = 2

type Person = { joinedAt: string | null; isActive: boolean; isStandIn: boolean; hasJoined: boolean; hasLeft: boolean; place: Place }

export type Realm = {
  /** Recipient id -> stream id; every other recipient is a private conversation. */
  streamOf: ReadonlyMap<unknown, string>
  /** What a stream was called at a time. */
  nameAt: (streamId: string, at: string) => string
  reactions: Reactions
  /** Every leaving is told: nobody's account is inactive without one. */
  tellsLeaves: boolean
}

/**
 * Tells accounts, joins and leaves, and gives back what the messages need. Holds a line for each account, stream and renaming, and
 * the reactions.
 */
export async function* readRealm(file: SourceFile, { source, encoding, note }: ReadOptions): AsyncGenerator<SourceItem, Realm> {
  const people = new Map<string, Person>()
  const streams = new Map<string, string>()
  const streamOf = new Map<unknown, string>()
  const renames = new Map<string, { at: string; oldName: string }[]>()
  const moves: (Place & { id: string; userId: string; type: 'member.joined' | 'member.left'; at: string; isBackfilled: boolean })[] = []
  const reactions = createReactions()
  for await (const element of readJsonArray(file, { paths: PATHS, encoding, ...(note ? { note } : {}) })) {
    const { path, position } = element
    const place = { position, file: `${file.path}${path}` }
    if (element.problem) {
      yield { ...place, problem: element.problem }
      continue
    }
    const row = (element.value ?? {}) as Row
    if (path === USERS || path === SYSTEM_BOTS || path === STAND_INS) {
      const id = idOf(row.id)
      if (id === null) {
        yield { ...place, problem: { pointer: '/id', code: 'missing_field', message: 'The account has no id.' } }
        continue
      }
      const isStandIn = path === STAND_INS || row.is_mirror_dummy === true
      if (path !== SYSTEM_BOTS && row.is_bot !== true)
        people.set(id, {
          joinedAt: readEpoch(row.date_joined),
          isActive: row.is_active !== false,
          isStandIn,
          hasJoined: false,
          hasLeft: false,
          place,
        })
      const name = cleanName(row.full_name)
      const email = cleanName(row.delivery_email) ?? cleanName(row.email)
      yield {
        ...place,
        account: {
          id,
          is_bot: path === SYSTEM_BOTS || row.is_bot === true,
          ...(name === null ? {} : { name }),
          ...(email === null ? {} : { email }),
        },
      }
    } else if (path === STREAMS) {
      const id = idOf(row.id)
      if (id !== null) streams.set(id, cleanName(row.name) ?? id)
    } else if (path === RECIPIENTS) {
      const id = idOf(row.type_id)
      if (row.type === STREAM_RECIPIENT && id !== null) streamOf.set(row.id, id)
    } else if (path === AUDIT) {
      const at = readEpoch(row.event_time)
      const userId = idOf(row.modified_user)
      if (row.event_type === RENAMED) noteRename(renames, row, at)
      else if (userId !== null && (JOINED.has(row.event_type) || LEFT.has(row.event_type))) {
        if (at === null) {
          const message = `event_time ${JSON.stringify(row.event_time)?.slice(0, 60)} is no time after 1990.`
          yield { ...place, problem: { pointer: '/event_time', code: 'invalid_time', message } }
          continue
        }
        const type = JOINED.has(row.event_type) ? 'member.joined' : 'member.left'
        moves.push({
          ...place,
          id: `audit:${row.id}`,
          userId,
          type,
          at,
          isBackfilled: row.backfilled === true && CREATED.has(row.event_type),
        })
      }
    } else if (!reactions.add(row.message, row.user_profile, cleanText(row.emoji_name, 100) ?? '?')) {
      yield { ...place, skipped: 'reaction beyond those that are held' }
    }
  }
  for (const { id, userId, type, at, isBackfilled, ...place } of moves) {
    const person = people.get(userId)
    // a bot is no member; who is in no list of accounts is
    if (person === undefined && people.size > 0) continue
    if (person) {
      if (type === 'member.joined') person.hasJoined = true
      else person.hasLeft = true
    }
    // a time that was filled in later is later than it was; the account knows better
    const occurred_at = isBackfilled && person?.joinedAt && person.joinedAt < at ? person.joinedAt : at
    yield { ...place, event: { id, source, type, occurred_at, actor: { id: userId } } }
  }
  for (const [id, { joinedAt, isStandIn, hasJoined, place }] of people)
    if (joinedAt !== null && !hasJoined && !isStandIn)
      yield { ...place, event: { id: `join:${id}`, source, type: 'member.joined', occurred_at: joinedAt, actor: { id } } }
  for (const list of renames.values()) list.sort((a, b) => (a.at < b.at ? -1 : 1))
  return {
    streamOf,
    nameAt: (streamId, at) => renames.get(streamId)?.find((rename) => at < rename.at)?.oldName ?? streams.get(streamId) ?? streamId,
    reactions,
    tellsLeaves: people.size > 0 && [...people.values()].every(({ isActive, isStandIn, hasLeft }) => isActive || isStandIn || hasLeft),
  }
}

const idOf = (value: unknown): string | null => (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null)

const noteRename = (renames: Map<string, { at: string; oldName: string }[]>, row: Row, at: string | null): void => {
  const streamId = idOf(row.modified_stream)
  const oldName = cleanName((row.extra_data as Row | null | undefined)?.[OLD_VALUE])
  if (streamId === null || at === null || oldName === null) return
  const known = renames.get(streamId) ?? []
  renames.set(streamId, known)
  known.push({ at, oldName })
}
