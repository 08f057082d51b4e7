import type { CASE_KINDS, CaseColumn } from '../../../shared/contract/case-set.ts'
import type { MeasureContext } from '../metric.ts'

/**
 * A case list is one SQL statement over the rollups, as known now, that returns one row a case of one period. Several
 * metrics share a list; each says in its own file which of the rows its number counts.
 */
export type CaseList = {
  id: string
  /** What one row is, as readers call it. */
  kind: (typeof CASE_KINDS)[number]
  grain: string
  /** Rollup tables it reads. */
  tables: readonly string[]
  /** What of a row is shown, in this order. Columns of the format `person` hold person ids and leave the server as pseudonyms only. */
  columns: readonly CaseColumn[]
  /**
   * A select that sees `period` of PERIOD_CTE with its one row (`p.from_on`, `p.to_on`, `p.starts_at`, `p.ends_at`,
   * `p.known_by`), $1 community_id and $6 the time zone. It returns `key` text (the same for the same case at any time,
   * one row each), `sort` numeric (falling; never null), `place_key` uuid (the event whose place a reader may visit, or
   * null), each of `columns`, and whatever else metrics filter by. It may begin with `with`.
   */
  sql: string
  /** Of which `sort` is the epoch: a timestamptz column with an index, by which pages of long lists are found. */
  time?: string
  /** Common table expressions that `sql` sees, where it is to begin with its select: so it can be read in order and in part. */
  ctes?: string
  /** What is shown of the rows of a page only, and never counted or filtered by: joins that see `page`, `period` and the parameters. */
  late?: { joins: string; columns: readonly (CaseColumn & { sql: string })[] }
}

/** SQL for the key of a case that is a person: of the person's id, which may follow from an account's name, it gives nothing away. */
export const personKey = (column: string): string => `md5($1::uuid::text || ${column}::text)`

/** Some rows of a list: those a number counts. The SQL is over the list's columns, and made of constants only. */
export type CaseSet = {
  list: CaseList
  /** All rows when left out. */
  where?: string
  /** What each case adds to the number, where it is not 1: a number never null, and the noun for it ("answers"). */
  amount?: { sql: string; noun: string }
  /** In place of the list's own order: numeric, falling. */
  sort?: string
  /** The cases in words, to follow a number: "questions at least 7 days old". */
  words: string
}

/** How the cases of a point make its number: the amounts of the set add up to the field named. */
export type NumberCases =
  | { equals: 'value' | 'n'; set: CaseSet }
  | { numerator: CaseSet; denominator: CaseSet }
  /** It has none, and why: a sentence. */
  | { none: string }

/** `category` is null where the metric is described in general, and for metrics without categories. */
export type CaseChoice = { category: string | null; context: Pick<MeasureContext, 'canTell'> }

/** A metric whose cases depend on the category, or on what the sources tell, gives a function. */
export type MetricCases = NumberCases | ((choice: CaseChoice) => NumberCases)

export const resolveCases = (cases: MetricCases, choice: CaseChoice): NumberCases => (typeof cases === 'function' ? cases(choice) : cases)

/** Share of one list: both sides are rows of it, the numerator among the denominator. */
export const shareOf = (
  list: CaseList,
  { all, those, ...shared }: { all: Omit<CaseSet, 'list'>; those: Omit<CaseSet, 'list'> } & Pick<CaseSet, 'amount' | 'sort'>,
): NumberCases => ({
  denominator: { list, ...shared, ...all },
  numerator: {
    list,
    ...shared,
    ...those,
    where: [all.where, those.where]
      .filter((w) => w !== undefined)
      .map((w) => `(${w})`)
      .join(' and '),
  },
})

/** A number that counts the cases, or adds up their amounts. */
export const countOfCases = (list: CaseList, set: Omit<CaseSet, 'list'>): NumberCases => ({ equals: 'value', set: { list, ...set } })
/** A median, an index: the cases are what it rests on. */
export const restsOn = (list: CaseList, set: Omit<CaseSet, 'list'>): NumberCases => ({ equals: 'n', set: { list, ...set } })
