import { addDays, daysBetween, periodOfDay, daysOfPeriod } from '../../../shared/period.ts'
import type { Episode } from '../alert-rule.ts'
import { BACK_DAYS, LIKE_MANY, STANDS_WEEKS } from './limits.ts'
import type { Act } from './load-acts.ts'

/** One act as it is told: with the one that undid it. */
export type ToldAct = Act & {
  /** The same people, or about as many; null: nothing undid it. */
  brought_back: { on: string; count: number; is_same_people: boolean } | null
}

export type ActEpisode = Episode & { acts: ToldAct[] }

const weekOf = (day: string): string => daysOfPeriod(periodOfDay(day, 'week'), 'week').from_on

/** An act that only undoes another is told with that one. */
const pair = (acts: readonly Act[]): ToldAct[] => {
  const used = new Set<Act>()
  const told: ToldAct[] = []
  acts.forEach((act, i) => {
    if (used.has(act)) return
    const after = acts
      .slice(i + 1)
      .filter((other) => !used.has(other) && other.what !== act.what && daysBetween(act.on, other.on) <= BACK_DAYS)
    if (act.undone !== null) {
      const undoing = after.find((other) => weekOf(other.on) === weekOf(act.undone?.on ?? ''))
      if (undoing) used.add(undoing)
      told.push({ ...act, brought_back: { ...act.undone, is_same_people: true } })
      return
    }
    const like =
      act.what === 'removed'
        ? after.find(({ count }) => count >= act.count * LIKE_MANY.least && count <= act.count * LIKE_MANY.most)
        : undefined
    if (like) used.add(like)
    told.push({ ...act, brought_back: like ? { on: like.on, count: like.count, is_same_people: false } : null })
  })
  return told
}

/**
 * The acts as episodes. Each is an event: it stands for as long as it may still be undone, and ends as recovered when it was, else without a word.
 * A further removal while one stands makes it worse. `lastOn`: the last week that is over. Pure.
 */
export const followActs = (acts: readonly Act[], lastOn: string): ActEpisode[] => {
  const episodes: (ActEpisode & { until: string })[] = []
  for (const act of pair(acts)) {
    const undoneOn = act.brought_back === null ? null : weekOf(act.brought_back.on)
    // undone within its own week, it is told as one thing and stands until the next
    const isLater = undoneOn !== null && undoneOn > act.week_on
    const until = isLater ? undoneOn : addDays(act.week_on, 7 * (undoneOn === null ? STANDS_WEEKS[act.what] : 1))
    const running = episodes.at(-1)
    if (running && act.week_on < running.until) {
      running.acts.push(act)
      if (act.what === 'removed' && act.week_on > running.began_on && running.worse_on.at(-1) !== act.week_on)
        running.worse_on.push(act.week_on)
      if (until > running.until) Object.assign(running, { until, ending: isLater ? 'recovered' : 'settled' })
    } else
      episodes.push({ began_on: act.week_on, worse_on: [], ended_on: null, ending: isLater ? 'recovered' : 'settled', acts: [act], until })
  }
  return episodes.map(({ until, ...episode }) => {
    const isOver = until <= lastOn
    return { ...episode, ended_on: isOver ? until : null, ending: isOver ? episode.ending : null }
  })
}
