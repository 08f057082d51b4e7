import { queryOptions } from '@tanstack/react-query'
import type { Helping } from '../../../shared/contract/helping.ts'
import { addDays, daysOfPeriod, type Grain } from '../../../shared/period.ts'
import { get } from '../../app/api.ts'

/** The first and the last local day of some periods, both in them. */
export const daysOfRange = ({ from, to, grain }: { from: string; to: string; grain: Grain }): { from: string; to: string } => ({
  from: daysOfPeriod(from, grain).from_on,
  to: addDays(daysOfPeriod(to, grain).to_on, -1),
})

/** What became of the questions of some days, taken together. */
export const helpingQuery = (slug: string, { from, to }: { from: string; to: string }) =>
  queryOptions({
    queryKey: ['community', slug, 'helping', from, to],
    queryFn: ({ signal }) =>
      get<Helping>(`/api/v1/communities/${encodeURIComponent(slug)}/helping?${new URLSearchParams({ from, to })}`, signal),
  })
