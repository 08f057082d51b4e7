/** What the section on who is told reads and changes. */
import { queryOptions } from '@tanstack/react-query'
import type { AlertRecipients } from '../../../shared/contract/alert-recipient.ts'
import { get } from '../../app/api.ts'

export const recipientsPath = (slug: string, ...parts: string[]): string =>
  ['/api/v1/communities', ...[slug, 'alert-recipients', ...parts].map(encodeURIComponent)].join('/')

export const recipientsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'alert-recipients'],
    queryFn: ({ signal }) => get<AlertRecipients>(recipientsPath(slug), signal),
  })
