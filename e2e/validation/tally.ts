import { VERDICTS, type VerdictName } from '../../shared/contract/verdict.ts'
import { type ClusterShare, clusterShare } from './cluster-share.ts'
import type { Evaluation, Group, History, SetName } from './evaluation.ts'

/** Of mixtures nobody could say what is right, and windows under the floor are never judged: both are told apart. */
export const JUDGED: readonly Group[] = ['pure', 'hard', 'noisy', 'archive']
/** What no true community may be called. */
export const ACCUSING: readonly VerdictName[] = ['blog', 'newsletter', 'workgroup']

export type Accusation = Pick<Evaluation, 'at' | 'verdict' | 'support' | 'strength' | 'standing'> & { community: string; setting: string }
export type Flips = { flips: number; years: number; communities: number; flipping: number }
export type CaseRow = {
  title: string
  group: Group
  label: string
  right: ClusterShare
  /** Of all month ends, clear or not, by what they were called; the right ones too. */
  found: Partial<Record<VerdictName, number>>
  wrong_and_clear: number
  standing_right: number
  standing_known: number
}
export type Tally = {
  set: SetName
  communities: number
  evaluations: number
  confusion: { label: VerdictName; found: Record<VerdictName, number> }[]
  pure: { title: string; recall: ClusterShare; right_and_clear: ClusterShare }[]
  recall: { verdict: VerdictName; share: ClusterShare | null }[]
  precision: { verdict: VerdictName; share: ClusterShare | null }[]
  true_communities: { communities: number; evaluations: number }
  accusations: Accusation[]
  flips: { month: Flips; standing: Flips | null }
  cases: CaseRow[]
  mixtures: CaseRow[]
  calibration: { from: number; to: number; share: ClusterShare | null }[]
  /** The right verdict, and clearly so, in windows of pure types that hold about so many contributions. */
  near_floor: { from: number; to: number; right: ClusterShare | null; right_and_clear: ClusterShare | null }[]
}

const isRight = ({ verdict, right }: Evaluation) => right.includes(verdict)

/** The share of the counted month ends of these communities for which `test` holds, of those for which `of` does. */
const shareOf = (
  histories: readonly History[],
  test: (evaluation: Evaluation) => boolean,
  of: (evaluation: Evaluation) => boolean = () => true,
): ClusterShare | null =>
  clusterShare(
    histories.map(({ evaluations }) => {
      const counted = evaluations.filter((one) => one.is_counted && of(one))
      return { k: counted.filter(test).length, n: counted.length }
    }),
  )

/**
 * Changes from one month end to the next while what the community is did not change. A first verdict where there was too little to
 * say takes nothing back and is none; to fall back to too little is one.
 */
export const countFlips = (histories: readonly History[], read: (evaluation: Evaluation) => VerdictName | null): Flips => {
  const counts = histories.map(({ evaluations }) => {
    const first = evaluations.findIndex((one) => one.is_counted)
    let months = 0
    let flips = 0
    for (let i = first + 1; first >= 0 && i < evaluations.length; i++) {
      const [before, after] = [evaluations[i - 1] as Evaluation, evaluations[i] as Evaluation]
      if (before.label === null || before.label !== after.label) continue
      const [was, is] = [read(before), read(after)]
      if (was === null || is === null) continue
      months++
      if (was !== is && was !== 'too_little_data') flips++
    }
    return { months, flips }
  })
  return {
    flips: counts.reduce((sum, one) => sum + one.flips, 0),
    years: counts.reduce((sum, one) => sum + one.months, 0) / 12,
    communities: counts.filter(({ months }) => months > 0).length,
    flipping: counts.filter(({ flips }) => flips > 0).length,
  }
}

const noneFound = (): Record<VerdictName, number> => Object.fromEntries(VERDICTS.map((name) => [name, 0])) as Record<VerdictName, number>

const groupBy = <Item>(items: readonly Item[], key: (item: Item) => string): Item[][] => {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return [...groups.values()]
}

const rowsByTitle = (histories: readonly History[]): CaseRow[] =>
  groupBy(histories, ({ group, title }) => `${group} ${title}`).flatMap((alike) => {
    const [first] = alike as [History]
    const right = shareOf(alike, isRight)
    if (right === null) return []
    const counted = alike.flatMap(({ evaluations }) => evaluations.filter((one) => one.is_counted))
    const found: CaseRow['found'] = {}
    for (const { verdict } of counted) found[verdict] = (found[verdict] ?? 0) + 1
    const standing = counted.filter((one) => one.standing !== null)
    return [
      {
        title: first.title,
        group: first.group,
        label: [...new Set(counted.flatMap((one) => one.right))].join(' or '),
        right,
        found,
        wrong_and_clear: counted.filter((one) => !isRight(one) && one.strength === 'clear').length,
        standing_right: standing.filter((one) => one.right.includes(one.standing as VerdictName)).length,
        standing_known: standing.length,
      },
    ]
  })

const BINS = [0, 0.6, 0.7, 0.8, 0.9, 1] as const
const NEAR = [
  { from: 12, to: 18 },
  { from: 30, to: 36 },
] as const

/** Everything the report says of one set of labelled communities. */
export const tally = (set: SetName, all: readonly History[]): Tally => {
  const mine = all.filter((history) => history.set === set)
  const histories = mine.filter(({ group }) => JUDGED.includes(group))
  const counted = histories.flatMap((history) => history.evaluations.filter((one) => one.is_counted).map((one) => ({ history, one })))
  const labels = VERDICTS.filter((name) => counted.some(({ one }) => one.label === name))
  const ofCommunity = counted.filter(({ one }) => one.label === 'community')
  const pure = histories.filter(({ is_pure }) => is_pure)
  const nearFloor = mine.filter(({ group, is_pure }) => is_pure || group === 'floor')
  const clear = (one: Evaluation) => isRight(one) && one.strength === 'clear'
  return {
    set,
    communities: new Set(counted.map(({ history }) => history)).size,
    evaluations: counted.length,
    confusion: labels.map((label) => {
      const found = noneFound()
      for (const { one } of counted) if (one.label === label) found[one.verdict]++
      return { label, found }
    }),
    pure: groupBy(pure, ({ title }) => title).flatMap((alike) => {
      const [recall, right_and_clear] = [shareOf(alike, isRight), shareOf(alike, clear)]
      return recall && right_and_clear ? [{ title: (alike[0] as History).title, recall, right_and_clear }] : []
    }),
    recall: labels.map((verdict) => ({ verdict, share: shareOf(histories, isRight, (one) => one.label === verdict) })),
    precision: VERDICTS.map((verdict) => ({ verdict, share: shareOf(histories, isRight, (one) => one.verdict === verdict) })),
    true_communities: { communities: new Set(ofCommunity.map(({ history }) => history)).size, evaluations: ofCommunity.length },
    accusations: ofCommunity
      .filter(({ one }) => ACCUSING.includes(one.verdict) || (one.standing !== null && ACCUSING.includes(one.standing)))
      .map(({ history, one: { at, verdict, support, strength, standing } }) => ({
        community: history.community,
        setting: history.setting,
        at,
        verdict,
        support,
        strength,
        standing,
      })),
    flips: {
      month: countFlips(histories, (one) => one.verdict),
      standing: counted.some(({ one }) => one.standing !== null) ? countFlips(histories, (one) => one.standing) : null,
    },
    cases: rowsByTitle(histories),
    mixtures: rowsByTitle(mine.filter(({ group }) => group === 'mixture')),
    calibration: BINS.map((from, i) => {
      const to = BINS[i + 1] ?? Number.POSITIVE_INFINITY
      return { from, to, share: shareOf(histories, isRight, ({ support }) => support !== null && support >= from && support < to) }
    }),
    near_floor: NEAR.map(({ from, to }) => {
      const inside = ({ contributions }: Evaluation) => contributions >= from && contributions <= to
      return { from, to, right: shareOf(nearFloor, isRight, inside), right_and_clear: shareOf(nearFloor, clear, inside) }
    }),
  }
}
