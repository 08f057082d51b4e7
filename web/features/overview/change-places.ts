import type { Change } from '../../../shared/contract/changes.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'

/** What a manager calls the numbers, where the catalogue's title is longer than a line has room for. */
const NAMES: Record<string, string> = {
  'answered-share': 'Questions answered',
  'accepted-share': 'Answers accepted',
  'newcomers-answered-share': 'Newcomers answered',
  'top-share': 'The top person’s contributions',
  'top-share-of-answers': 'The top person’s answers',
  'two-way-share': 'Gave and received help',
  'observers-share': 'Watched an answered thread',
  'content-mix:help': 'Contributions that are help',
}

export const nameChange = ({ id, category }: Pick<Change, 'id' | 'category'>, metric: Pick<MetricDescription, 'title'>): string =>
  NAMES[category === null ? id : `${id}:${category}`] ?? metric.title

const PAGES = {
  membership: { to: '/c/$slug/membership', label: 'Membership' },
  helping: { to: '/c/$slug/helping', label: 'Helping' },
  voices: { to: '/c/$slug/voices', label: 'Voices' },
  network: { to: '/c/$slug/network', label: 'Network' },
} as const

const PAGE_OF: Record<MetricDescription['family'], keyof typeof PAGES> = {
  membership: 'membership',
  retention: 'membership',
  newcomers: 'helping',
  activity: 'voices',
  'content-mix': 'voices',
  concentration: 'voices',
  helping: 'helping',
  reciprocity: 'helping',
  observing: 'helping',
  practices: 'helping',
  structure: 'network',
  benefit: 'helping',
}

/** The page on which a number is shown over time, and where on it. */
export const pageOf = ({ id, family }: Pick<MetricDescription, 'id' | 'family'>) => ({ ...PAGES[PAGE_OF[family]], hash: id })
