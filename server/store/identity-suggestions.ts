/** Which accounts may be one person's, by their addresses and names. Nothing is merged by it: a person decides. */
import type { ClientBase, Pool } from 'pg'
import { compareName, NO_NAME_KEY, nameKey } from '../ingest/name-key.ts'
import { emailKey } from '../ingest/email-key.ts'
import { type AccountActivity, readAccountActivity } from './account-activity.ts'
import type { Database } from './connection.ts'
import { groupPeople, type Likeness, type LikeAccount, type LikeGroup, MOST_PEOPLE, type Strength } from './group-people.ts'
import { inTransaction } from './in-transaction.ts'

type Db = Pool | ClientBase

export type StoredSuggestion = {
  by: Likeness
  /** Hash of the address or name that they share. */
  key: string
  strength: Strength
  /** Who may be one: each with all accounts said to be theirs. */
  people: AccountActivity[][]
}

/** Accounts looked at together when they were stored before names and ids were compared. */
const COMPARE_BATCH = 5000

/** Works out what accounts are compared by, where they were stored without it. */
const compareRest = async ({ pool }: Database, communityId: string): Promise<void> => {
  for (let found = COMPARE_BATCH; found === COMPARE_BATCH; )
    found = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ identity_key: string; source_actor_id: string; display_name: string }>(
        `select identity_key, source_actor_id, display_name from identity
         where community_id = $1 and name_key is null and display_name is not null
         order by identity_key limit ${COMPARE_BATCH}
         for update`,
        [communityId],
      )
      if (rows.length > 0)
        await client.query(
          `update identity i set name_key = k.name_key, email_key = coalesce(i.email_key, k.email_key)
           from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as k (identity_key, name_key, email_key)
           where i.community_id = $1 and i.identity_key = k.identity_key`,
          [
            communityId,
            rows.map((row) => row.identity_key),
            rows.map((row) => nameKey(row.display_name)),
            rows.map((row) => emailKey({ id: row.source_actor_id })),
          ],
        )
      return rows.length
    })
}

type LikeRow = Omit<LikeAccount, 'is_handle'> & { by: Likeness; key: string; display_name: string | null }

/** Accounts that share an address or a name with another person's; whatever too many share is left out. Bots are nobody. */
const LIKE = (['email_key', 'name_key'] as const)
  .map(
    (column) => `select '${column === 'email_key' ? 'address' : 'name'}' as by, i.${column} as key,
      i.identity_key, i.source, i.person_id, i.email_key, i.name_key, i.display_name
    from (
      select n.${column} from identity n
      where n.community_id = $1 and n.${column} is not null and n.${column} <> $2::uuid and not n.is_bot
      group by n.${column}
      having count(*) > 1 and count(distinct n.person_id) between 2 and ${MOST_PEOPLE}
    ) shared
    join identity i on i.community_id = $1 and i.${column} = shared.${column} and not i.is_bot`,
  )
  .join('\nunion all\n')

const readGroups = async (db: Db, communityId: string): Promise<LikeGroup[]> => {
  const { rows } = await db.query<LikeRow>(LIKE, [communityId, NO_NAME_KEY])
  return [...Map.groupBy(rows, ({ by, key }) => `${by} ${key}`).values()].flatMap((of) => {
    const [{ by, key }] = of as [LikeRow]
    return [{ by, key, accounts: of.map((row) => ({ ...row, is_handle: compareName(row.display_name)?.kind === 'handle' })) }]
  })
}

const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

/** Pairs of people of whom two accounts were said to be different people's. */
const readDifferent = async (db: Db, communityId: string): Promise<ReadonlySet<string>> => {
  const { rows } = await db.query<{ a: string; b: string }>(
    `select distinct one.person_id as a, other.person_id as b
     from identity_dismissal d
     join identity one on one.community_id = $1 and one.identity_key = d.identity_key
     join identity other on other.community_id = $1 and other.identity_key = d.other_key
     where d.community_id = $1`,
    [communityId],
  )
  return new Set(rows.map(({ a, b }) => pairOf(a, b)))
}

const writtenBy = (people: readonly (readonly AccountActivity[])[]): number =>
  people.flat().reduce((sum, account) => sum + account.contributions, 0)

const STRENGTHS: readonly Strength[] = ['strong', 'likely', 'possible']

/**
 * Groups of people who may be one: those with the same address first, then by how much they wrote. `total` counts those beyond
 * `limit` as well.
 */
export const suggestIdentities = async (
  db: Database,
  communityId: string,
  limit: number,
): Promise<{ suggestions: StoredSuggestion[]; total: number }> => {
  await compareRest(db, communityId)
  const different = await readDifferent(db.pool, communityId)
  const groups = groupPeople(await readGroups(db.pool, communityId), (a, b) => different.has(pairOf(a, b)))
  const accounts = await readAccountActivity(db.pool, communityId, [...new Set(groups.flatMap((group) => group.people))])
  const accountsOf = Map.groupBy(accounts, (account) => account.person_id)
  const suggestions = groups
    .map(({ by, key, strength, people }) => ({
      by,
      key,
      strength,
      people: people
        .map((person) => accountsOf.get(person) ?? [])
        .filter((of) => of.length > 0)
        .sort((a, b) => writtenBy([b]) - writtenBy([a])),
    }))
    .filter(({ people }) => people.length > 1)
    .sort((a, b) => STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength) || writtenBy(b.people) - writtenBy(a.people))
  return { suggestions: suggestions.slice(0, limit), total: suggestions.length }
}

/** People with several accounts, those who wrote most first; `total` counts those beyond `limit` as well. */
export const listMergedPeople = async (
  db: Db,
  communityId: string,
  limit: number,
): Promise<{ people: AccountActivity[][]; total: number }> => {
  const { rows } = await db.query<{ person_id: string }>(
    `select person_id from identity where community_id = $1 group by person_id having count(*) > 1 order by person_id`,
    [communityId],
  )
  const accounts = await readAccountActivity(
    db,
    communityId,
    rows.map((row) => row.person_id),
  )
  const people = [...Map.groupBy(accounts, (account) => account.person_id).values()].sort((a, b) => writtenBy([b]) - writtenBy([a]))
  return { people: people.slice(0, limit), total: people.length }
}
