import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Alert, AlertCourse, AlertRuleId, Alerts, WatchedRule } from '../../../shared/contract/alert.ts'
import { get, request } from '../../app/api.ts'

export const alertsPath = (slug: string, rest = ''): string => `/api/v1/communities/${encodeURIComponent(slug)}/alerts${rest}`
const rulePath = (slug: string, rule: AlertRuleId, rest = ''): string => alertsPath(slug, `/rules/${rule}${rest}`)

const USUAL_MS = 60_000
/** While a change waits for the next judgement, which follows it within seconds. */
const SOON_MS = 2_000
/** A judgement that takes longer is looked for at the usual pace. */
const PATIENCE_MS = 60_000

/** When something was changed that is judged anew, by community. */
const changedAt = new Map<string, number>()

const isAwaited = (slug: string, alerts: Alerts): boolean => {
  const changed = changedAt.get(slug) ?? 0
  if (Date.now() - changed > PATIENCE_MS) return false
  return alerts.rules.some(({ is_on, judged_at }) => is_on && (judged_at === null || Date.parse(judged_at) < changed))
}

export const alertsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'alerts'],
    queryFn: ({ signal }) => get<Alerts>(alertsPath(slug), signal),
    refetchInterval: ({ state }) => (state.data !== undefined && isAwaited(slug, state.data) ? SOON_MS : USUAL_MS),
  })

/** A rule over all of the past: by its limits of now, or as others would have told it. */
export const courseQuery = (slug: string, rule: AlertRuleId, strictness: number | null) =>
  queryOptions({
    queryKey: ['community', slug, 'alerts', 'course', rule, strictness],
    queryFn: ({ signal }) =>
      get<AlertCourse>(rulePath(slug, rule, `/course${strictness === null ? '' : `?strictness=${strictness}`}`), signal),
  })

/** Changes of a rule: each gives how it stands then. */
export const useRuleChange = (slug: string, { rule, version }: Pick<WatchedRule, 'rule' | 'version'>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: { set: { is_on: boolean; strictness: number | null } } | { snoozeDays: number | null }): Promise<WatchedRule> => {
      if ('set' in change) return request('PUT', rulePath(slug, rule), { ...change.set, version })
      return change.snoozeDays === null
        ? request('DELETE', rulePath(slug, rule, '/snooze'))
        : request('POST', rulePath(slug, rule, '/snooze'), { days: change.snoozeDays })
    },
    onSuccess: (now) => {
      changedAt.set(slug, Date.now())
      client.setQueryData<Alerts>(alertsQuery(slug).queryKey, (all) =>
        all === undefined ? all : { ...all, rules: all.rules.map((one) => (one.rule === now.rule ? now : one)) },
      )
    },
    // changed meanwhile, too: what stands is fetched and shown
    onSettled: () => client.invalidateQueries({ queryKey: ['community', slug, 'alerts'] }),
  })
}

export type Saying = { acknowledge: boolean } | { ruling: 'right' | 'false_alarm'; note: string | null } | { ruling: null }

/** What is said of an alert: each gives how it stands then. */
export const useSaying = (slug: string, { alert_id: id, version }: Pick<Alert, 'alert_id' | 'version'>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (say: Saying): Promise<Alert> => {
      if ('acknowledge' in say) return request(say.acknowledge ? 'POST' : 'DELETE', alertsPath(slug, `/${id}/acknowledgement`))
      return say.ruling === null
        ? request('DELETE', alertsPath(slug, `/${id}/ruling?version=${version}`))
        : request('PUT', alertsPath(slug, `/${id}/ruling`), { ruling: say.ruling, note: say.note, version })
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['community', slug, 'alerts'], exact: true }),
        client.invalidateQueries({ queryKey: ['communities'] }),
      ]),
  })
}
