/** What the sections of subscriptions and links read and change. */
import { queryOptions } from '@tanstack/react-query'
import type { ReportLink } from '../../../shared/contract/report-link.ts'
import type { ReportMail, Subscriptions } from '../../../shared/contract/report-subscription.ts'
import { get } from '../../app/api.ts'

const pathOf = (slug: string, ...parts: string[]): string => ['/api/v1/communities', ...[slug, ...parts].map(encodeURIComponent)].join('/')

export const subscriptionsPath = (slug: string, ...parts: string[]): string => pathOf(slug, 'subscriptions', ...parts)
export const linksPath = (slug: string, ...parts: string[]): string => pathOf(slug, 'report-links', ...parts)

export const subscriptionsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'subscriptions'],
    queryFn: ({ signal }) => get<Subscriptions>(subscriptionsPath(slug), signal),
  })

export const reportLinksQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'report-links'],
    queryFn: async ({ signal }) => (await get<{ links: ReportLink[] }>(linksPath(slug), signal)).links,
  })

/** A month's report as the mail it is sent as. */
export const reportMailQuery = (slug: string, month: string) =>
  queryOptions({
    queryKey: ['community', slug, 'reports', month, 'mail'],
    queryFn: ({ signal }) => get<ReportMail>(pathOf(slug, 'reports', month, 'mail'), signal),
  })
