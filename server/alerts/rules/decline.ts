import { swingOf } from '../../diagnosis/direction/swing.ts'
import type { Rule } from '../alert-rule.ts'
import { episodesOf, followDecline } from '../decline/follow-decline.ts'
import { periodsOf, sayStanding, whyNot } from '../decline/say-standing.ts'
import { seriesOf } from '../decline/show-weeks.ts'
import { headlineOf, tellDecline } from '../decline/tell-decline.ts'
import { tellDeclineWithdrawn } from '../decline/tell-withdrawn.ts'
import { stateRate } from '../state-rate.ts'
import { readNothing } from '../read-nothing.ts'

export const decline: Rule = {
  id: 'decline',
  title: 'Membership declines',
  watches: 'Joins, active people, questions, answered questions and leavers, each week against the community’s own past.',
  grain: 'week',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: true,
  statistic: 'How far the furthest of these numbers is from what is usual here, in units of what it takes to be told: at 1 it is told',
  stateRate: (strictness, swing) => stateRate('decline', strictness, swing),
  read: async (db, material, { strictness, kept }) => {
    const from = await followDecline(db, material, { strictness, kept })
    if (from.weeks.length === 0) return readNothing
    const last = from.weeks.length - 1
    return {
      periods: periodsOf(from),
      episodes: episodesOf(from),
      series: seriesOf(from),
      cannot_judge: whyNot(from, last),
      swing: swingOf(from.followed.readings, last),
      sentence: sayStanding(from),
      tell: (episode, notice, on) => tellDecline({ db, from }, episode, notice, on),
      headline: (episode) => headlineOf(from, episode),
      tellWithdrawn: async (told) => tellDeclineWithdrawn(from, told),
    }
  },
}
