import type { AlertContent, AlertNotice } from '../shared/contract/alert.ts'
import type { AlertMaterial, Episode, ReadPeriod, Rule } from '../server/alerts/alert-rule.ts'
import { addDays, daysBetween } from '../shared/period.ts'

/** Made-up words that say which notice it is. */
export const contentOf = (material: AlertMaterial, notice: AlertNotice, on: string, more: Partial<AlertContent> = {}): AlertContent => ({
  rule: 'decline',
  notice,
  community: { slug: material.slug, name: material.name, time_zone: material.timeZone },
  on,
  known_by: material.knownBy.toISOString(),
  subject: `${material.slug}: ${notice}`,
  headline: `${notice} in the week of ${on}`,
  sentences: ['It is quiet.'],
  how_sure: 'As sure as can be.',
  figures: [],
  driver: null,
  look_first: [],
  chart: null,
  caveats: [],
  evidence_path: `/c/${material.slug}/alerts`,
  ...more,
})

/** A week with fewer events is quiet. */
const LOUD = 3

/** What is noticed in the counts of weeks: quiet twice running begins it, silence much later makes it worse, two loud weeks end it. */
export const noticeQuiet = (counts: readonly number[], onOf: (index: number) => string): Episode[] => {
  const episodes: (Episode & { from: number })[] = []
  const isQuiet = (i: number) => (counts[i] ?? 0) < LOUD
  for (let i = 1; i < counts.length; i++) {
    const open = episodes.at(-1)
    if (open === undefined || open.ended_on !== null) {
      if (isQuiet(i) && isQuiet(i - 1)) episodes.push({ from: i, began_on: onOf(i), worse_on: [], ended_on: null, ending: null })
    } else if (!isQuiet(i) && !isQuiet(i - 1)) Object.assign(open, { ended_on: onOf(i), ending: 'recovered' })
    else if (counts[i] === 0 && i - open.from >= 10 && open.worse_on.length === 0) open.worse_on.push(onOf(i))
  }
  return episodes.map(({ from: _, ...episode }) => episode)
}

type Hooks = { onRead?: (communityId: string) => Promise<void> | void }

/** A rule that goes by how many events of each week have come in by now, and by nothing else. */
export const createQuietRule = ({ onRead }: Hooks = {}): Rule => ({
  id: 'decline',
  title: 'It is quiet',
  watches: 'How many events there are in a week.',
  grain: 'week',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: true,
  statistic: 'Events',
  stateRate: () => ({ a_year: 0, standard_error: null, of: 'made up' }),
  read: async (db, material) => {
    const { rows } = await db.query<{ on: string; count: number }>(
      `select date_trunc('week', occurred_at at time zone $2)::date as "on", count(*)::int as count
       from event where community_id = $1 and received_at <= $3 group by 1 order by 1`,
      [material.communityId, material.timeZone, material.now],
    )
    await onRead?.(material.communityId)
    const first = rows[0]?.on ?? material.overUntil
    const length = Math.max(0, Math.floor(daysBetween(first, material.overUntil) / 7))
    const onOf = (i: number) => addDays(first, 7 * i)
    const counts = Array.from({ length }, (_, i) => rows.find(({ on }) => on === onOf(i))?.count ?? 0)
    const periods = counts.map(
      (count, i): ReadPeriod => ({ on: onOf(i), statistic: count, is_standing: false, notice: null, reason: null }),
    )
    return {
      periods,
      episodes: noticeQuiet(counts, onOf),
      series: [],
      cannot_judge: null,
      swing: null,
      sentence: `${counts.reduce((sum, count) => sum + count, 0)} events.`,
      tell: async (episode, notice, on) => contentOf(material, notice, on, { sentences: [`Since ${episode.began_on}.`] }),
      tellWithdrawn: async ({ began_on }) =>
        contentOf(material, 'withdrawn', began_on, { sentences: ['What came late shows that it was not quiet.'] }),
    }
  },
})
