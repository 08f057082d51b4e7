import type { ClientBase, Pool } from 'pg'
import type { AlertContent, AlertNotice } from '../../../shared/contract/alert.ts'
import type { StoredWeek } from '../../diagnosis/direction/hear-weeks.ts'
import { readWeeks } from '../../diagnosis/direction/read-weeks.ts'
import { BULK_COUNT, BULK_SHARE } from '../../metrics/sample-minima.ts'
import type { AlertMaterial, ReadPeriod, RuleReading } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'
import { type ActEpisode, followActs, type ToldAct } from './follow-acts.ts'
import { USUAL_WEEKS } from './limits.ts'
import { loadActs } from './load-acts.ts'
import { type FullestMinute, readFullestMinutes } from './read-fullest-minutes.ts'
import { endOfWeek, sayActs, sayNoAct, sayNoneStands, sayUndoneActs } from './say-acts.ts'
import { STATED_OF_BULK } from './stated.ts'

const CHART_WEEKS = 26
const CANNOT = 'No source tells who joins or who leaves.'

/** Every bulk step of the community's weeks, as the metrics mark them. */
export const readBulkRemoval = async (db: Pool | ClientBase, material: AlertMaterial): Promise<RuleReading> => {
  const { communityId, timeZone, context } = material
  if (!context.canTell('joins') && !context.canTell('leaves'))
    return { ...readNothing, cannot_judge: CANNOT, sentence: `It cannot be judged: ${CANNOT}` }
  const weeks = await readWeeks(db, material)
  const lastOn = weeks.at(-1)?.from_on
  if (lastOn === undefined)
    return { ...readNothing, cannot_judge: 'No week is over yet.', sentence: 'It cannot be judged: no week is over yet.' }
  const acts = await loadActs(db, { communityId, timeZone, weeks })
  const episodes = followActs(acts, lastOn)
  const minutes = new Map((await readFullestMinutes(db, communityId, timeZone)).map((minute) => [minute.week_on, minute]))
  const told = episodes.flatMap((episode) => episode.acts)

  const frameOf = (notice: AlertNotice, on: string, began_on: string, chart: AlertContent['chart']) => ({
    rule: 'bulk-removal' as const,
    notice,
    community: { slug: material.slug, name: material.name, time_zone: timeZone },
    on,
    known_by: material.knownBy.toISOString(),
    chart,
    evidence_path: `/c/${encodeURIComponent(material.slug)}/alerts?rule=bulk-removal&on=${began_on}`,
  })
  const usualAt =
    (at: string) =>
    (what: ToldAct['what']): number | null => {
      const before = weeks
        .filter(({ from_on, is_joins_step, is_leavers_step }) => from_on < at && !is_joins_step && !is_leavers_step)
        .slice(-USUAL_WEEKS)
      if (before.length === 0) return null
      return before.reduce((sum, week) => sum + (what === 'removed' ? week.leavers : week.joins), 0) / before.length
    }
  const tellAt = (episode: ActEpisode, notice: AlertNotice, on: string): AlertContent => {
    // of what is told, nothing later than the week it is told of
    const known = episode.acts
      .filter(({ week_on }) => week_on <= on)
      .map((act) => ({ ...act, brought_back: knownBy(act.brought_back, on) }))
    const fresh =
      notice === 'clearly_worse'
        ? known.filter(({ week_on }) => week_on === (episode.worse_on.filter((day) => day <= on).at(-1) ?? on))
        : known
    const shown = fresh.length > 0 ? fresh : known
    const first = shown[0] as ToldAct
    const usual = usualAt(episode.began_on)
    const frame = frameOf(notice, on, episode.began_on, chartOf(weeks, first, on, usual(first.what)))
    const from = { frame, acts: shown, usual, a_year: STATED_OF_BULK.a_year }
    return notice === 'recovered' || notice === 'passed' ? sayUndoneActs(from) : sayActs(from)
  }

  return {
    periods: periodsOf(weeks, minutes, episodes),
    episodes: episodes.map(({ acts: _, ...episode }) => episode),
    series: (['leavers', 'joins'] as const).map((id) => ({
      id,
      title: id === 'joins' ? 'People who joined' : 'People who left',
      unit: 'people a week',
      weeks: weeks.map((week) => ({ on: week.from_on, value: week[id] })),
    })),
    cannot_judge: null,
    swing: null,
    sentence: sayNoneStands(told, weeks.length),
    tell: async (episode, notice, on) => {
      const own = episodes.find(({ began_on }) => began_on === episode.began_on)
      if (own === undefined) throw new Error(`no bulk step began on ${episode.began_on}`)
      return tellAt(own, notice, on)
    },
    tellWithdrawn: async (kept) => sayNoAct({ frame: frameOf('withdrawn', lastOn, kept.began_on, null), kept: kept.content }),
  }
}

const knownBy = (back: ToldAct['brought_back'], on: string): ToldAct['brought_back'] =>
  back !== null && back.on <= endOfWeek(on) ? back : null

const chartOf = (weeks: readonly StoredWeek[], { what, week_on }: ToldAct, on: string, usual: number | null): AlertContent['chart'] => {
  const key = what === 'removed' ? 'leavers' : 'joins'
  const title = what === 'removed' ? 'People who left, a week' : 'People who joined, a week'
  return {
    title,
    caption: `With those ${what} at once, who count neither as leavers nor as joins.`,
    unit: 'people a week',
    weeks: weeks
      .filter(({ from_on }) => from_on <= on)
      .slice(-CHART_WEEKS)
      .map((week) => ({ on: week.from_on, value: week[key] })),
    usual: usual === null ? null : Number(usual.toFixed(1)),
    judged_from: week_on,
  }
}

/** How near a week came to a bulk step: more than twenty within one minute, and more than half of the week's. */
const nearness = (most: number, all: number): number => (all === 0 ? 0 : Math.min(most / (BULK_COUNT + 1), most / (all * BULK_SHARE)))

const periodsOf = (
  weeks: readonly StoredWeek[],
  minutes: ReadonlyMap<string, FullestMinute>,
  episodes: readonly ActEpisode[],
): ReadPeriod[] => {
  const told = new Set(episodes.flatMap(({ acts }) => acts.map(({ week_on }) => week_on)))
  const notices = new Map(
    episodes.flatMap(({ began_on, worse_on, ended_on, ending }) => [
      ...(ended_on !== null && ending === 'recovered' ? [[ended_on, 'recovered' as const] as const] : []),
      [began_on, 'began' as const] as const,
      ...worse_on.map((on) => [on, 'clearly_worse' as const] as const),
    ]),
  )
  return weeks.map((week) => {
    const { from_on: on } = week
    const minute = minutes.get(on)
    const near = Math.max(nearness(minute?.most_left ?? 0, week.leavers), nearness(minute?.most_joined ?? 0, week.joins))
    const isStep = told.has(on)
    return {
      on,
      // a full minute may be none: of the first weeks, or of a source that tells the day alone
      statistic: isStep ? Math.max(1, near) : Math.min(near, 0.99),
      is_standing: episodes.some(({ began_on, ended_on }) => began_on <= on && (ended_on === null || on < ended_on)),
      notice: notices.get(on) ?? null,
      reason: null,
    }
  })
}
