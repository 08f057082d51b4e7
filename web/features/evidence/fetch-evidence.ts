import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Case } from '../../../shared/contract/case.ts'
import type { VerdictCases, VerdictComparison, VerdictEvidence } from '../../../shared/contract/verdict-evidence.ts'
import { get } from '../../app/api.ts'
import { MAX_CASES_IN_FILE, PAGE } from '../cases/fetch-cases.ts'
import type { EvidenceSearch } from './evidence-search.ts'

const FILE_PAGE = 500
const at = (slug: string) => `/api/v1/communities/${encodeURIComponent(slug)}/verdict`

const textOf = (asked: Record<string, string | number | undefined>): string =>
  new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString()

/** Who and what is behind the verdict of a day; the last known one when none is given. */
export const evidenceQuery = (slug: string, { at: day, view }: EvidenceSearch) =>
  queryOptions({
    queryKey: ['community', slug, 'verdict-evidence', day ?? 'latest', view ?? 'as_found'],
    queryFn: ({ signal }) => get<VerdictEvidence>(`${at(slug)}/evidence?${textOf({ at: day, view })}`, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })

/** A page of the cases of a test and the number of its first: while the next page is fetched, this one stands there whole. */
export type EvidenceCasePage = VerdictCases & { first: number }

const askedOf = ({ at: day, view, rule, metric, alternative, part, after }: EvidenceSearch) => ({
  at: day,
  view,
  rule,
  metric,
  alternative,
  part,
  after,
})

export const testCasesQuery = (slug: string, search: EvidenceSearch) =>
  queryOptions({
    queryKey: ['community', slug, 'verdict-cases', askedOf(search), search.first ?? 1],
    queryFn: async ({ signal }): Promise<EvidenceCasePage> => ({
      ...(await get<VerdictCases>(`${at(slug)}/cases?${textOf({ ...askedOf(search), limit: PAGE })}`, signal)),
      first: search.first ?? 1,
    }),
    placeholderData: keepPreviousData,
    // what is wrong with the question does not get better by asking again
    retry: false,
  })

/** The cases of all pages, up to what a file may hold. */
export const fetchAllTestCases = async (slug: string, search: EvidenceSearch): Promise<Case[]> => {
  const cases: Case[] = []
  let after: string | undefined
  do {
    const page: VerdictCases = await get<VerdictCases>(`${at(slug)}/cases?${textOf({ ...askedOf(search), after, limit: FILE_PAGE })}`)
    cases.push(...page.cases)
    after = page.next ?? undefined
  } while (after !== undefined && cases.length < MAX_CASES_IN_FILE)
  return cases.slice(0, MAX_CASES_IN_FILE)
}

/** The verdict of a day as found, with bots counted and without facilitators. */
export const comparisonQuery = (slug: string, day: string) =>
  queryOptions({
    queryKey: ['community', slug, 'verdict-comparison', day],
    queryFn: ({ signal }) => get<VerdictComparison>(`${at(slug)}/comparison?${textOf({ at: day })}`, signal),
  })
