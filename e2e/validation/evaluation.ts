import type { STRENGTHS, Verdict, VerdictName } from '../../shared/contract/verdict.ts'
import { isHeldOut } from './held-out.ts'
import type { Group, LabelledCommunity } from './labelled-community.ts'

/** One month end of one labelled community. */
export type Evaluation = {
  at: string
  verdict: VerdictName
  because: string
  support: number | null
  strength: (typeof STRENGTHS)[number] | null
  standing: VerdictName | null
  contributions: number
  /** Null where nobody could say what is right. */
  label: VerdictName | null
  right: readonly VerdictName[]
  /** Enough history and contributions to be held to anything. */
  is_counted: boolean
}

/** The history of one labelled community. */
export type History = Pick<LabelledCommunity, 'setting' | 'group' | 'title' | 'is_pure'> & {
  community: string
  set: 'tuning' | 'held_out' | 'archive'
  evaluations: Evaluation[]
}

export type SetName = History['set']
export type { Group }

const observed = (verdict: Verdict, metric: string): number => {
  const test = verdict.rules.find(({ id }) => id === 'too-little-data')?.tests.find((one) => one.metric === metric)
  if (test?.observed == null) throw new Error(`The verdict of ${verdict.at} does not say its ${metric}.`)
  return test.observed
}

/** What the stored verdicts of a labelled community come to. `verdicts` are in the order of time. */
export const historyOf = (labelled: LabelledCommunity, community: string, verdicts: readonly Verdict[]): History => ({
  setting: labelled.setting,
  group: labelled.group,
  title: labelled.title,
  is_pure: labelled.is_pure,
  community,
  set: 'archive' in labelled.source ? 'archive' : isHeldOut(labelled.setting) ? 'held_out' : 'tuning',
  evaluations: verdicts.map((verdict) => {
    const seen = labelled.observer(verdict.at)
    const contributions = observed(verdict, 'contributions')
    const enough = contributions >= labelled.floor || seen?.label === 'dormant' || seen?.label === 'too_little_data'
    return {
      at: verdict.at,
      verdict: verdict.verdict,
      because: verdict.because,
      support: verdict.support,
      strength: verdict.support_detail.strength,
      standing: verdict.standing,
      contributions,
      label: seen?.label ?? null,
      right: seen?.right ?? [],
      is_counted: seen !== null && enough && observed(verdict, 'history-weeks') >= 8,
    }
  }),
})
