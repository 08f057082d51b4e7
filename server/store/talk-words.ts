/** The words of work that a community gives itself instead of the default, and the counter that ingest counts by. */
import type { ClientBase, Pool } from 'pg'
import { WORD_FAMILIES, type WordFamily } from '../../shared/work-words.ts'
import { type WordCounter, wordCounterFor } from '../ingest/classify/word-counts.ts'
import { DEFAULT_WORDS, type FamilyWords, type WordLists } from '../ingest/classify/word-families.ts'
import { inTransaction } from './in-transaction.ts'

export type OwnWords = {
  /** By language, only what is set; an empty list counts none. */
  lists: WordLists
  /** When the words last changed; null where they never did. */
  changed_at: Date | null
}

type StoredWords = { language: string; family: WordFamily; words: string[] }

/** What the community set itself. */
export const readOwnWords = async (db: Pool | ClientBase, communityId: string): Promise<OwnWords> => {
  const { rows } = await db.query<{ lists: StoredWords[]; changed_at: Date | null }>(
    `select
       coalesce(
         (select jsonb_agg(jsonb_build_object('language', t.language, 'family', t.family, 'words', t.words) order by t.language, t.family)
          from talk_words t where t.community_id = $1),
         '[]'
       ) as lists,
       (select c.changed_at from talk_words_change c where c.community_id = $1) as changed_at`,
    [communityId],
  )
  const lists: Record<string, FamilyWords> = {}
  for (const { language, family, words } of rows[0]?.lists ?? []) lists[language] = { ...lists[language], [family]: words }
  return { lists, changed_at: rows[0]?.changed_at ?? null }
}

/** What is counted: the community's own lists in the place of the default ones of their language and family. */
export const wordsInUse = (own: WordLists): WordLists => {
  const languages = [...new Set([...Object.keys(DEFAULT_WORDS), ...Object.keys(own)])].sort()
  return Object.fromEntries(languages.map((language) => [language, { ...DEFAULT_WORDS[language], ...own[language] }]))
}

/** The counter for events that a community receives from now on; to be asked for once a request or import. */
export const loadWordCounter = async (db: Pool | ClientBase, communityId: string): Promise<WordCounter> =>
  wordCounterFor(wordsInUse((await readOwnWords(db, communityId)).lists))

/** The lists of one language to change: a list to set, null for the default again; a family left out stays as it is. */
export type WordChange = { language: string; families: Partial<Record<WordFamily, readonly string[] | null | undefined>> }

const isSame = (a: readonly string[] | undefined, b: readonly string[] | null): boolean =>
  a === undefined ? b === null : b !== null && a.length === b.length && a.every((word, i) => word === b[i])

/**
 * Changes lists of one language; `refuse` sees what would be set after it and gives a reason against it, or null. Changes of one
 * community wait for each other. What is set already changes nothing, and the time of the last change stays. Gives the reason,
 * or what is set now; 'no_community' where it has been deleted meanwhile.
 */
export const changeWords = async <Reason extends object>(
  pool: Pool,
  { communityId, language, families, now }: WordChange & { communityId: string; now: Date },
  refuse: (set: WordLists) => Reason | null,
): Promise<{ refused: Reason } | { own: OwnWords } | 'no_community'> =>
  inTransaction(pool, async (client) => {
    // held against other changes and against deletion, and not against events that arrive
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [communityId])
    if (rowCount === 0) return 'no_community'
    const before = await readOwnWords(client, communityId)
    const changed = WORD_FAMILIES.flatMap((family) => {
      const words = families[family]
      return words === undefined || isSame(before.lists[language]?.[family], words) ? [] : [{ family, words }]
    })
    if (changed.length === 0) return { own: before }
    const after: FamilyWords = { ...before.lists[language] }
    for (const { family, words } of changed) {
      if (words === null) delete after[family]
      else after[family] = words
    }
    const refused = refuse({ ...before.lists, [language]: after })
    if (refused !== null) return { refused }
    for (const { family, words } of changed) {
      const key = [communityId, language, family]
      if (words === null) await client.query('delete from talk_words where community_id = $1 and language = $2 and family = $3', key)
      else
        await client.query(
          `insert into talk_words (community_id, language, family, words, set_at) values ($1, $2, $3, $4, $5)
           on conflict (community_id, language, family) do update set words = excluded.words, set_at = excluded.set_at`,
          [...key, words, now],
        )
    }
    await client.query(
      `insert into talk_words_change (community_id, changed_at) values ($1, $2)
       on conflict (community_id) do update set changed_at = excluded.changed_at`,
      [communityId, now],
    )
    return { own: await readOwnWords(client, communityId) }
  })
