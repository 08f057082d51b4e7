import type { ClientBase, Pool } from 'pg'
import type { Alert, AlertCourse } from '../../shared/contract/alert.ts'
import type { AlertMaterial, KeptAlert, Rule, RuleReading } from './alert-rule.ts'
import { readNothing } from './read-nothing.ts'

const PERIODS_OF_YEAR = { day: 365.25, week: 365.25 / 7, month: 12 } as const

/** What was told and not taken back, as a rule wants it. */
const keptOf = (alerts: readonly Alert[]): KeptAlert[] =>
  alerts
    .filter(({ state }) => state !== 'withdrawn')
    .flatMap(({ began_on, ended_on, notices, state }): KeptAlert[] => {
      const began = notices.find(({ notice }) => notice === 'began')
      // switching off is no end of what it told of
      return began === undefined ? [] : [{ began_on, ended_on: state === 'switched_off' ? null : ended_on, content: began.content }]
    })
    .sort((a, b) => (a.began_on < b.began_on ? -1 : 1))

const headlineOf = async (reading: RuleReading, kept: readonly KeptAlert[], at: number): Promise<string> => {
  const episode = reading.episodes[at]
  if (episode === undefined) return ''
  const told = kept.find(({ began_on }) => began_on === episode.began_on)
  return told?.content.headline ?? reading.headline?.(episode) ?? (await reading.tell(episode, 'began', episode.began_on)).headline
}

/**
 * A rule over all of a community's past. With `alerts`, those kept of the rule, it is what became of it: what was told stands as it was
 * told. Without, it is what would have been told by limits of the strictness given, from the first week on.
 */
export const readCourse = async (
  db: Pool | ClientBase,
  rule: Rule,
  material: AlertMaterial,
  { strictness, alerts }: { strictness: number; alerts: readonly Alert[] | null },
): Promise<AlertCourse> => {
  const kept = alerts === null ? [] : keptOf(alerts)
  const reading = await rule.read(db, material, { strictness, kept })
  const told: AlertCourse['alerts'] = []
  // one after the other: each may ask for days of its own, and a replay is no reason to take every connection
  for (const [at, { began_on, worse_on, ended_on, ending }] of reading.episodes.entries())
    told.push({ began_on, worse_on, ended_on, ending, headline: await headlineOf(reading, kept, at) })
  return {
    rule: rule.id,
    strictness,
    statistic: rule.statistic,
    cannot_judge: reading.cannot_judge,
    periods: reading.periods,
    series: reading.series,
    alerts: told,
    stated: rule.stateRate(strictness, reading.swing),
    years: reading.periods.filter(({ statistic }) => statistic !== null).length / PERIODS_OF_YEAR[rule.grain],
  }
}

/** Of a community of which nothing is known. */
export const emptyCourse = (rule: Rule, strictness: number): AlertCourse => ({
  rule: rule.id,
  strictness,
  statistic: rule.statistic,
  cannot_judge: readNothing.cannot_judge,
  periods: [],
  series: [],
  alerts: [],
  stated: rule.stateRate(strictness, null),
  years: 0,
})
