/** What an alert would say, with made-up numbers: for whoever wants to see whether mails arrive, and how they look. */
import type { AlertContent } from '../../shared/contract/alert.ts'
import { addDays, daysOfPeriod, periodOfDay } from '../../shared/period.ts'

const JOINS = [4, 5, 3, 6, 4, 2, 5, 4, 5, 4, 6, 3, 5, 4, 4, 7, 3, 4, 2, 3, 1, 2, 3, 1, 2, 2]
const JUDGED = 8

/** `today`: the local day. */
export const exampleAlert = (community: AlertContent['community'], today: string): AlertContent => {
  const path = `/c/${encodeURIComponent(community.slug)}`
  const monday = daysOfPeriod(periodOfDay(today, 'week'), 'week').from_on
  const weeks = JOINS.map((value, i) => ({ on: addDays(monday, (i - JOINS.length) * 7), value }))
  return {
    rule: 'decline',
    notice: 'began',
    community,
    on: weeks.at(-1)?.on ?? monday,
    known_by: `${today}T00:00:00.000Z`,
    subject: `${community.name}: an example of an alert`,
    headline: 'An example: 16 people joined in the last eight weeks, where about 34 were usual',
    sentences: ['This is what an alert looks like. Its numbers are made up, and say nothing of your community.'],
    how_sure: 'Here stands how far it lies outside what the community’s own past shows, and how often such an alert is false.',
    figures: [{ label: 'New members', now: '16 in 8 weeks', usual: 'about 34', change: '18 fewer' }],
    driver: { is_found: true, sentence: 'Here stands who or what carries it, where that explains at least half.', parts: [] },
    look_first: [
      { text: 'Who joins and who leaves', path: `${path}/membership` },
      { text: 'What was changed: the dated notes', path: `${path}/interventions` },
    ],
    chart: {
      title: 'New members a week',
      caption: 'An example: two a week in the last eight weeks, about four a week before.',
      unit: 'people',
      weeks,
      usual: 4.25,
      judged_from: weeks.at(-JUDGED)?.on ?? null,
    },
    caveats: [],
    evidence_path: `${path}/alerts`,
  }
}
