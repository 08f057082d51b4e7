import { isHeldOut } from './held-out.ts'
import type { LabelledCommunity } from './labelled-community.ts'
import { archives, ENDS_AT, madeUpCommunities } from './settings.ts'

/** The place of a community in the list: how the processes of a run name it to each other. */
export type Chosen = number

/** All that is known of is known by then. */
export const NOW = ENDS_AT

export const labelledCommunities = (): LabelledCommunity[] => [...madeUpCommunities(), ...archives()]

export type Choice = {
  /** One community of each case, of a middle size. */
  isQuick: boolean
  only: 'tuning' | 'held_out' | 'archive' | null
  /** Settings whose name holds this text. */
  matching: string | null
}

/** The places of the communities a run is about. */
export const choose = ({ isQuick, only, matching }: Choice): Chosen[] => {
  const seen = new Set<string>()
  return labelledCommunities().flatMap((one, place) => {
    const set = 'archive' in one.source ? 'archive' : isHeldOut(one.setting) ? 'held_out' : 'tuning'
    if ((only !== null && set !== only) || (matching !== null && !one.setting.includes(matching))) return []
    if (!isQuick) return [place]
    const key = `${one.group} ${one.title}`
    const isSmall = 'synthetic' in one.source && (one.source.synthetic.contributionsPerWeek ?? 0) < 12
    if (!isSmall || (one.group !== 'pure' && one.group !== 'hard') || seen.has(key)) return []
    seen.add(key)
    return [place]
  })
}
