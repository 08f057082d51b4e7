import { keepPeriod, type PeriodSearch } from '../features/period/period-search.ts'

/** Where one can go: `key` is its letter after `g`. */
export type Place = { to: string; params?: { slug: string }; search?: PeriodSearch; label: string; key: string; exact?: boolean }

/** Pages of the open community; those of numbers keep the periods that are chosen. */
export const listCommunityPlaces = (slug: string, search: PeriodSearch): Place[] => {
  const params = { slug }
  const periods = keepPeriod(search)
  return [
    { to: '/c/$slug', params, search: periods, label: 'Overview', key: 'o', exact: true },
    { to: '/c/$slug/membership', params, search: periods, label: 'Membership', key: 'm' },
    { to: '/c/$slug/helping', params, search: periods, label: 'Helping', key: 'h' },
    { to: '/c/$slug/voices', params, search: periods, label: 'Voices', key: 'v' },
    { to: '/c/$slug/network', params, search: periods, label: 'Network', key: 'n' },
    { to: '/c/$slug/interventions', params, search: periods, label: 'Interventions', key: 'i' },
    { to: '/c/$slug/report', params, label: 'Value report', key: 'w' },
    { to: '/c/$slug/alerts', params, label: 'Alerts', key: 'l' },
    { to: '/c/$slug/data', params, label: 'Data', key: 's' },
    { to: '/c/$slug/rules', params, label: 'House rules', key: 'r' },
  ]
}

/** Pages that belong to no community. */
export const listPlaces = (isAdministrator: boolean): Place[] => [
  { to: '/', label: 'Communities', key: 'p', exact: true },
  { to: '/compare', label: 'Compare', key: 'c' },
  { to: '/report', label: 'Value reports', key: 'a' },
  { to: '/alerts', label: 'All alerts', key: 't' },
  { to: '/definitions', label: 'Definitions', key: 'd' },
  ...(isAdministrator
    ? [
        { to: '/people', label: 'People', key: 'u' },
        { to: '/mail', label: 'Mail', key: 'e' },
      ]
    : []),
]
