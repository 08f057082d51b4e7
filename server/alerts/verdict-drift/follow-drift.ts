import type { Intention, VerdictName } from '../../../shared/contract/verdict.ts'
import type { Episode } from '../alert-rule.ts'

/** What stands at the end of a month that is over. */
export type MonthEnd = {
  /** The first day of the month, and its last. */
  on: string
  at: string
  standing: VerdictName | null
  /** By the charter; null where none is declared. */
  intention: Intention['state'] | null
}

/** Our judgement: after a year what it has become is what it is, and nobody waits for it to turn back. */
export const SETTLED_MONTHS = 12

const AWAY_FROM_COMMUNITY: readonly (VerdictName | null)[] = ['blog', 'newsletter', 'workgroup']

/** What a month end says of where it stands: as meant, away from it, or neither. */
export type DriftState = 'as_meant' | 'away' | 'neither'

/**
 * With a charter, as it says; but that people help each other more than was meant is no alarm. Without one it is held against what it was:
 * a community that now stands as a blog, a newsletter or a workgroup.
 */
export const driftStates = (months: readonly MonthEnd[]): DriftState[] => {
  let wasCommunity = false
  return months.map(({ standing, intention }) => {
    if (intention !== null) {
      if (intention === 'drifting') return standing === 'community' ? 'neither' : 'away'
      return intention === 'as_intended' ? 'as_meant' : 'neither'
    }
    if (standing === 'community') {
      wasCommunity = true
      return 'as_meant'
    }
    return wasCommunity && AWAY_FROM_COMMUNITY.includes(standing) ? 'away' : 'neither'
  })
}

/**
 * One episode from the month end at which it stands as something else to the one at which it stands as meant again. Where nothing can be judged, or no
 * pattern is clear, it goes on; from one drift to another too: neither is worse than the other. After a year it ends without a word, and
 * what it is by then is what it is: only once it stood as meant again can it drift anew. Pure.
 */
export const followDrift = (months: readonly MonthEnd[]): Episode[] => {
  const episodes: Episode[] = []
  let running: { episode: Episode; began: number } | null = null
  let isSettled = false
  driftStates(months).forEach((state, i) => {
    const { on } = months[i] as MonthEnd
    if (state === 'as_meant') isSettled = false
    if (running === null) {
      if (state !== 'away' || isSettled) return
      const episode: Episode = { began_on: on, worse_on: [], ended_on: null, ending: null }
      episodes.push(episode)
      running = { episode, began: i }
    } else if (state === 'as_meant') {
      Object.assign(running.episode, { ended_on: on, ending: 'recovered' })
      running = null
    } else if (i - running.began >= SETTLED_MONTHS) {
      Object.assign(running.episode, { ended_on: on, ending: 'settled' })
      running = null
      isSettled = true
    }
  })
  return episodes
}
