import type { AlertContent } from '../shared/contract/alert.ts'

/** A notice as a rule tells it, for tests of what lays it out. */
export const alertContent: AlertContent = {
  rule: 'decline',
  notice: 'began',
  community: { slug: 'pumps', name: 'Pumps community', time_zone: 'Europe/Berlin' },
  on: '2025-12-22',
  known_by: '2025-12-29T00:00:00.000Z',
  subject: 'Pumps community: 42 % fewer new members since November',
  headline: 'Pumps community has 42 % fewer new members since November.',
  sentences: ['18 people joined in the last eight weeks, where about 31 were usual.', 'It began in the week of 3 November 2025.'],
  how_sure: 'Such an alarm is false about one in five years in communities that swing like this one.',
  figures: [{ label: 'New members', now: '18 in 8 weeks', usual: 'about 31', change: '42 % fewer' }],
  driver: {
    is_found: true,
    sentence: 'The channel “welcome” carries 8 of the 13.',
    parts: [{ of: 'Channel', label: 'welcome', share: '8 of 13' }],
  },
  look_first: [{ text: 'Who joined of late', path: '/c/pumps/membership' }],
  chart: {
    title: 'New members a week',
    caption: 'New members a week fell from about four to two.',
    unit: '',
    weeks: [
      { on: '2025-12-15', value: 3 },
      { on: '2025-12-22', value: null },
    ],
    usual: 3.9,
    judged_from: '2025-11-03',
  },
  caveats: [],
  evidence_path: '/c/pumps/alerts?rule=decline&on=2025-12-22',
}
