/** How sure a large window makes its verdict: its threads drawn anew a thousand times, beside reading what is drawn from. */
import { factsOfCells } from '../../server/diagnosis/facts-of-cells.ts'
import { DEFAULT_HOUSE_RULES } from '../../server/diagnosis/house-rules.ts'
import { readCells } from '../../server/diagnosis/read-cells.ts'
import { supportOf } from '../../server/diagnosis/support.ts'
import type { WindowCells } from '../../server/diagnosis/window-cells.ts'
import type { FeedFacts, WindowFacts } from '../../server/diagnosis/window-facts.ts'
import { addDays } from '../../shared/period.ts'
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import { BENCH_COMMUNITY_ID } from '../event-files.ts'
import type { Finding } from '../finding.ts'
import { type PreparedCommunity, prepareCommunity } from '../prepared-community.ts'
import { quantile } from '../quantile.ts'

const CONTRIBUTIONS = 100_000
const TARGET_SECONDS = 1
const TIMES = 3

/** A feed that is alive and long enough: every window is judged by its contributions. */
const FEED: FeedFacts = {
  history_weeks: 500,
  recent_contribution_count: 1000,
  earlier_contribution_count: 1000,
  earlier_start_count: 0,
  earlier_weeks: 52,
  is_feed_alive: true,
  feed_gap_days: 0,
  bot_contribution_count: 0,
  bot_account_count: 0,
  quarantined_contribution_count: 0,
  deleted_contribution_count: 0,
}

export const benchSupport = async (server: BenchServer, options: BenchOptions): Promise<Finding[]> => {
  const community = await prepareCommunity(server, options, options.sizes.at(-1) as number)
  const period = await readLargePeriod(community)
  const params = { communityId: BENCH_COMMUNITY_ID, timeZone: 'UTC', knownBy: new Date(), periods: [period] }
  const reading: number[] = []
  const drawing: number[] = []
  const processor: number[] = []
  let what = ''
  let detail = ''
  for (let i = 0; i < TIMES; i++) {
    const began = performance.now()
    const [cells] = (await readCells(community.db.pool, 'as_found', params)) as [WindowCells]
    const read = performance.now()
    const used = process.cpuUsage()
    const facts: WindowFacts = {
      ...period,
      at_on: addDays(period.to_on, -1),
      days: 365,
      house: DEFAULT_HOUSE_RULES,
      feed: FEED,
      ...factsOfCells(cells),
    }
    const { support_detail } = supportOf(cells, facts)
    drawing.push((performance.now() - read) / 1000)
    const { user, system } = process.cpuUsage(used)
    processor.push((user + system) / 1_000_000)
    reading.push((read - began) / 1000)
    const count = facts.people.contribution_count.toLocaleString('en')
    what = `window of ${count} contributions in ${support_detail.threads.toLocaleString('en')} threads, drawn anew`
    detail = `${support_detail.resamples} times, ${facts.people.person_ids.length.toLocaleString('en')} people; ${quantile(processor, 0.5).toFixed(2)} s of processor time; read in ${quantile(reading, 0.5).toFixed(2)} s`
  }
  const median = quantile(drawing, 0.5)
  return [
    {
      line: 'support',
      what,
      size: community.files.eventCount,
      value: median,
      unit: 's',
      ratio: median / quantile(reading, 0.5),
      ratio_to: 'reading the window',
      target: `under ${TARGET_SECONDS} s at ${CONTRIBUTIONS.toLocaleString('en')} contributions`,
      is_met: median < TARGET_SECONDS,
      detail,
    },
  ]
}

/** As many last days as hold that many contributions; all of them where there are fewer. */
const readLargePeriod = async ({ db }: PreparedCommunity) => {
  const { rows } = await db.pool.query<{ from_on: string; to_on: string }>(
    `with reached as (
       select day_on, sum(contribution_count) over (order by day_on desc) as held from contribution_day where community_id = $1
     )
     select coalesce(max(day_on) filter (where held >= $2), min(day_on)) as from_on, max(day_on) + 1 as to_on from reached`,
    [BENCH_COMMUNITY_ID, CONTRIBUTIONS],
  )
  return { ...(rows[0] as { from_on: string; to_on: string }), is_as_known_then: true }
}
