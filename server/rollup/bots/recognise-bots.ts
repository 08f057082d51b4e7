import type { ClientBase } from 'pg'
import type { BehaviourReason, BotReason } from '../../../shared/contract/bot.ts'
import { readBotName } from '../../ingest/classify/read-bot-name.ts'
import { BEHAVIOUR, measureBehaviour, resolutionOf, settleBehaviour } from './measure-behaviour.ts'
import { type PostsOfAccount, readPosts, readProlific, readShare, readTalkOfOthers, readTimesOfOthers } from './read-posts.ts'

type Scope = {
  communityId: string
  timeZone: string
  /** Those of whom, or in whose threads, there is something new; null: everyone. */
  people: readonly string[] | null
}

type Account = {
  identity_key: string
  person_id: string
  display_name: string | null
  source_actor_id: string
  is_bot_by_source: boolean
  may_act: boolean
}

/** Accounts whose names are read at a time. */
const ACCOUNTS_AT_ONCE = 20_000

/**
 * Looks for programs among the accounts of these people, notes why, and sets who is left out of the counts. What is found
 * follows from the events and from who is one person alone, and never from what was found before, so that it is the same
 * after a rebuild. Reads the contributions as they are now.
 */
export const recogniseBots = async (client: ClientBase, scope: Scope): Promise<void> => {
  const { communityId } = scope
  const reasons = new Map<string, BotReason[]>()
  const seen = new Set<string>()
  const people = new Set<string>(scope.people ?? [])
  const plain: PlainBot[] = []
  for await (const account of readAccounts(client, scope)) {
    seen.add(account.identity_key)
    if (account.may_act) people.add(account.person_id)
    const found = readNameAndFlag(account)
    if (found.length > 0) reasons.set(account.identity_key, found)
    if (isPlain(found)) plain.push(account)
  }
  plain.push(...(await readPlainBots(client, communityId)).filter((bot) => !seen.has(bot.identity_key)))
  const behaviour = await readBehaviour(client, {
    ...scope,
    people: scope.people === null ? await readProlific(client, communityId) : [...people],
    plain,
  })
  for (const [key, reason] of behaviour) reasons.set(key, [...(reasons.get(key) ?? []), reason])
  await writeReasons(client, communityId, seen, reasons)
  await settleBots(client, communityId)
}

type PlainBot = Pick<Account, 'identity_key' | 'person_id'>
const isPlain = (reasons: readonly BotReason[]) => reasons.some((reason) => reason.by === 'source' || reason.is_sure)

const readNameAndFlag = ({ display_name, source_actor_id, is_bot_by_source }: Account): BotReason[] => {
  const name = readBotName(display_name, source_actor_id)
  return [...(is_bot_by_source ? [{ by: 'source' as const }] : []), ...(name ? [{ by: 'name' as const, ...name }] : [])]
}

/**
 * Also those noted before, or by the way in for their name or flag (`upsertIdentities`): what speaks against them may have changed
 * without an event of theirs. What they do (`may_act`) is looked at again where it was found, since it is told beside what others do.
 */
async function* readAccounts(client: ClientBase, { communityId, people }: Scope): AsyncGenerator<Account> {
  const columns = 'i.identity_key, i.person_id, i.display_name, i.source_actor_id, i.is_bot_by_source'
  if (people !== null) {
    const { rows } = await client.query<Account>(
      `select ${columns}, true as may_act
       from identity i
       where i.community_id = $1 and i.person_id = any ($2::uuid[])
       union all
       select ${columns}, b.reasons @> '[{"by": "behaviour"}]' as may_act
       from bot_account b
       join identity i on i.community_id = $1 and i.identity_key = b.identity_key and i.person_id <> all ($2::uuid[])
       where b.community_id = $1`,
      [communityId, people],
    )
    yield* rows
    return
  }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await client.query<Account>(
      `select ${columns}, false as may_act from identity i where i.community_id = $1 and i.identity_key > $2 order by i.identity_key limit ${ACCOUNTS_AT_ONCE}`,
      [communityId, after],
    )
    yield* rows
    if (rows.length < ACCOUNTS_AT_ONCE) return
    after = (rows.at(-1) as Account).identity_key
  }
}

const readBehaviour = async (
  client: ClientBase,
  { communityId, timeZone, people, plain }: Scope & { people: readonly string[]; plain: readonly PlainBot[] },
): Promise<Map<string, BehaviourReason>> => {
  const found: (PostsOfAccount & { told: BehaviourReason })[] = []
  for await (const account of readPosts(client, { communityId, timeZone, people })) {
    const told = measureBehaviour(account.posts)
    if (told) found.push({ ...account, told })
  }
  if (found.length === 0) return new Map()
  const apart = [...new Set(plain.map((row) => row.person_id))]
  const plainKeys = new Set(plain.map((row) => row.identity_key))
  const among = []
  for (const account of found) {
    const span = { communityId, personId: account.person_id, from: account.told.first_at, to: account.told.last_at }
    const resolution = resolutionOf(await readTimesOfOthers(client, span))
    const share = await readShare(client, { ...span, timeZone, identityKey: account.identity_key, apart })
    const is_sure = !plainKeys.has(account.identity_key) && measureBehaviour(account.posts, resolution)?.is_sure === true
    among.push({ ...account, resolution, share, is_sure })
  }
  // each alone may be small, and all of them the place: without them nothing would be left to judge
  const sure = among.filter((account) => account.is_sure)
  const shareOfAll = sure.reduce((sum, { share }) => sum + share, 0)
  const apartOrSure = [...new Set([...apart, ...sure.map((account) => account.person_id)])]
  const placesOfOthers = new Map<string, boolean>()
  if (shareOfAll >= BEHAVIOUR.main_author_share)
    for (const { identity_key, told } of sure) {
      const talk = await readTalkOfOthers(client, { communityId, to: told.last_at, apart: apartOrSure })
      placesOfOthers.set(identity_key, talk.people >= BEHAVIOUR.talking_people && talk.contributions >= BEHAVIOUR.talking_contributions)
    }
  return new Map(
    among.flatMap(({ identity_key, posts, resolution, share, is_sure }) => {
      const isPlaceOfOthers = placesOfOthers.get(identity_key) ?? false
      const reason = settleBehaviour(posts, { share: is_sure ? Math.min(1, shareOfAll) : share, resolution, isPlaceOfOthers })
      return reason ? [[identity_key, reason] as const] : []
    }),
  )
}

/** Accounts that are bots whatever they do, as far as is stored. */
const readPlainBots = async (client: ClientBase, communityId: string): Promise<PlainBot[]> => {
  const { rows } = await client.query<PlainBot>(
    `select b.identity_key, i.person_id
     from bot_account b
     join identity i on i.community_id = $1 and i.identity_key = b.identity_key
     where b.community_id = $1
       and (b.reasons @> '[{"by": "source"}]' or b.reasons @> '[{"by": "name", "is_sure": true}]')
     order by b.identity_key`,
    [communityId],
  )
  return rows
}

/** Of the accounts looked at, writes what differs. A manager's word stays, whatever becomes of the reasons. */
const writeReasons = async (
  client: ClientBase,
  communityId: string,
  seen: ReadonlySet<string>,
  reasons: ReadonlyMap<string, readonly BotReason[]>,
): Promise<void> => {
  const found = [...reasons].map(([identity_key, list]) => ({
    identity_key,
    reasons: list,
    is_recognised: isPlain(list),
  }))
  await client.query(
    `insert into bot_account as b (community_id, identity_key, reasons, is_recognised)
     select $1, f.identity_key, f.reasons, f.is_recognised
     from jsonb_to_recordset($2::jsonb) as f (identity_key uuid, reasons jsonb, is_recognised boolean)
     order by f.identity_key
     on conflict (community_id, identity_key) do update set reasons = excluded.reasons, is_recognised = excluded.is_recognised
     where b.reasons is distinct from excluded.reasons or b.is_recognised is distinct from excluded.is_recognised`,
    [communityId, JSON.stringify(found)],
  )
  const stored = await client.query<{ identity_key: string; is_ruled: boolean }>(
    'select identity_key, ruling is not null as is_ruled from bot_account where community_id = $1',
    [communityId],
  )
  const innocent = stored.rows.filter(({ identity_key }) => seen.has(identity_key) && !reasons.has(identity_key))
  if (innocent.length === 0) return
  const keys = innocent.map((row) => row.identity_key)
  await client.query('delete from bot_account where community_id = $1 and identity_key = any ($2::uuid[]) and ruling is null', [
    communityId,
    keys,
  ])
  await client.query(
    `update bot_account set reasons = '[]', is_recognised = false
     where community_id = $1 and identity_key = any ($2::uuid[]) and (reasons <> '[]' or is_recognised)`,
    [communityId, keys],
  )
}

/**
 * Sets who is left out: a manager's word first, then the source's, then what was recognised. Rows are locked in the order of
 * their keys, as those who store events do.
 */
export const settleBots = async (client: ClientBase, communityId: string): Promise<void> => {
  const { rows } = await client.query<{ identity_key: string; will_be: boolean }>(
    `with told as (
       select i.identity_key, i.is_bot, coalesce(b.ruling, i.is_bot_by_source or b.is_recognised) as will_be
       from bot_account b
       join identity i on i.community_id = $1 and i.identity_key = b.identity_key
       where b.community_id = $1
       union all
       select i.identity_key, i.is_bot, i.is_bot_by_source
       from identity i
       where i.community_id = $1
         and i.is_bot
         and not exists (select from bot_account b where b.community_id = $1 and b.identity_key = i.identity_key)
     )
     select identity_key, will_be from told where is_bot <> will_be order by identity_key`,
    [communityId],
  )
  if (rows.length === 0) return
  const keys = rows.map((row) => row.identity_key)
  await client.query('select from identity where community_id = $1 and identity_key = any ($2::uuid[]) order by identity_key for update', [
    communityId,
    keys,
  ])
  for (const will_be of [true, false])
    await client.query('update identity set is_bot = $3 where community_id = $1 and identity_key = any ($2::uuid[])', [
      communityId,
      rows.filter((row) => row.will_be === will_be).map((row) => row.identity_key),
      will_be,
    ])
}
