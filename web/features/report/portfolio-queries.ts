import { queryOptions } from '@tanstack/react-query'
import type { PortfolioReport, PortfolioSubscription } from '../../../shared/contract/portfolio-report.ts'
import { get } from '../../app/api.ts'

export const PORTFOLIO_SUBSCRIPTION = '/api/v1/portfolio-report/subscription'

export const portfolioReportQuery = (month: string) =>
  queryOptions({
    queryKey: ['portfolio-report', month],
    queryFn: ({ signal }) => get<PortfolioReport>(`/api/v1/portfolio-report/${encodeURIComponent(month)}`, signal),
  })

export const portfolioSubscriptionQuery = queryOptions({
  queryKey: ['portfolio-report', 'subscription'],
  queryFn: ({ signal }) => get<PortfolioSubscription>(PORTFOLIO_SUBSCRIPTION, signal),
})
