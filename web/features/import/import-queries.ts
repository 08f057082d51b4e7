import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { formatsSchema, Import, savedCsvMappingsSchema } from '../../../shared/contract/import.ts'
import { get } from '../../app/api.ts'
import { pathOf } from '../house-rules/settings-queries.ts'

export type Format = z.infer<typeof formatsSchema>['formats'][number]

/** A small file is through before anybody has read the page; a large one takes minutes. */
const SOON_MS = 250
const SOON_TIMES = 20
const BUSY_MS = 1000
const IDLE_MS = 4000

/** One import; asked again often while the server works on it. */
export const importQuery = (slug: string, importId: string) =>
  queryOptions({
    queryKey: ['community', slug, 'import', importId],
    queryFn: ({ signal }) => get<Import>(pathOf(slug, 'imports', importId), signal),
    refetchInterval: ({ state }) => {
      const status = state.data?.status
      if (status === 'checking' || status === 'running') return state.dataUpdateCount < SOON_TIMES ? SOON_MS : BUSY_MS
      return status === 'uploading' || status === 'checked' ? IDLE_MS : false
    },
  })

/** What can be imported, and the rules by which messages are told apart. */
export const formatsQuery = queryOptions({
  queryKey: ['formats'],
  queryFn: ({ signal }) => get<z.infer<typeof formatsSchema>>('/api/v1/formats', signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const csvMappingsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'csv-mappings'],
    queryFn: async ({ signal }) => (await get<z.infer<typeof savedCsvMappingsSchema>>(pathOf(slug, 'csv-mappings'), signal)).mappings,
  })
