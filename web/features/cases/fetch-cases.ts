import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Case, Cases } from '../../../shared/contract/case.ts'
import { get } from '../../app/api.ts'
import type { CasesSearch } from './cases-search.ts'

/** A file holds no more cases than this: what is larger is read by the API, page after page. */
export const MAX_CASES_IN_FILE = 20_000
/** Cases on a page. */
export const PAGE = 50
const FILE_PAGE = 500

const addressOf = (slug: string, { first: _, ...search }: CasesSearch, limit: number) => {
  const asked = Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `/api/v1/communities/${encodeURIComponent(slug)}/cases?${new URLSearchParams([...asked, ['limit', String(limit)]])}`
}

/** A page of cases and the number of its first: while the next page is fetched, this one stands there whole. */
export type CasePage = Cases & { first: number }

export const casesQuery = (slug: string, search: CasesSearch) =>
  queryOptions({
    queryKey: ['community', slug, 'cases', search],
    queryFn: async ({ signal }): Promise<CasePage> => ({
      ...(await get<Cases>(addressOf(slug, search, PAGE), signal)),
      first: search.first ?? 1,
    }),
    enabled: search.metric !== undefined && search.period !== undefined,
    placeholderData: keepPreviousData,
    // what is wrong with the question does not get better by asking again
    retry: false,
  })

/** The cases of all pages, up to what a file may hold. */
export const fetchAllCases = async (slug: string, search: CasesSearch): Promise<Case[]> => {
  const cases: Case[] = []
  let after: string | null = null
  do {
    const page: Cases = await get<Cases>(addressOf(slug, { ...search, after: after ?? undefined }, FILE_PAGE))
    cases.push(...page.cases)
    after = page.next
  } while (after !== null && cases.length < MAX_CASES_IN_FILE)
  return cases.slice(0, MAX_CASES_IN_FILE)
}
