import { queryOptions } from '@tanstack/react-query'
import type { AllAlerts, Budget } from '../../../shared/contract/all-alerts.ts'
import { get } from '../../app/api.ts'

export const BUDGET_PATH = '/api/v1/alert-budget'

export const allAlertsQuery = queryOptions({
  queryKey: ['all-alerts'],
  queryFn: ({ signal }) => get<AllAlerts>('/api/v1/alerts', signal),
  refetchInterval: 60_000,
})

export const budgetQuery = queryOptions({ queryKey: ['alert-budget'], queryFn: ({ signal }) => get<Budget>(BUDGET_PATH, signal) })
