import type { Capability, Measured, MetricDescription } from '../../shared/contract/metric.ts'
import { formatPercent, startSentence } from '../../shared/format.ts'
import { isTooAnonymous, notApplicable, tooFew, withheld } from './measured.ts'
import { defineMetric, type Metric } from './metric.ts'
import { type VoiceCounts, voiceCounts } from './readings/voice-counts.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_CONTRIBUTIONS, MIN_CONTRIBUTORS } from './sample-minima.ts'
import { type Spread, sumsOf } from './statistics/spread.ts'
import type { MetricCases } from './cases/case-list.ts'
import { voiceCases } from './cases/voice-cases.ts'

/** What is being shared out among people: all contributions, thread starts, or answers. */
export type Voice = {
  id_suffix: '' | '-of-starts' | '-of-answers'
  /** Plural, as in "30 thread starts". */
  noun: 'contributions' | 'thread starts' | 'answers'
  needs: readonly Capability[]
  all: (row: VoiceCounts) => number
  spread: (row: VoiceCounts) => Spread
}

export const CONTRIBUTIONS: Voice = {
  id_suffix: '',
  noun: 'contributions',
  needs: ['contributions'],
  all: (row) => row.contribution_count,
  spread: (row) => row.contributions,
}
export const STARTS: Voice = {
  id_suffix: '-of-starts',
  noun: 'thread starts',
  needs: ['contributions'],
  all: (row) => row.start_count,
  spread: (row) => row.starts,
}
/** Answers given to someone else: answering oneself is no help. */
export const ANSWERS: Voice = {
  id_suffix: '-of-answers',
  noun: 'answers',
  needs: ['questions'],
  all: (row) => row.answer_count,
  spread: (row) => row.answers,
}

/** One measure of concentration as its own file words it; ids and rules of sample come from here. */
export type ConcentrationMeasure = Pick<
  MetricDescription,
  'id' | 'title' | 'question' | 'unit' | 'direction' | 'thresholds' | 'explanation' | 'citation'
> & {
  /** `spread` over the people known, at least MIN_CONTRIBUTORS of them; `all` holds the anonymous too. */
  measureShares: (spread: Spread, all: number) => Measured
  /** What stays visible below the minimum. */
  countsWhenFew?: (spread: Spread, all: number) => Pick<Measured, 'numerator' | 'denominator'>
  /** In place of the people behind the voice. */
  cases?: MetricCases
}

/** One voice of one measure as a metric: not applicable to nothing, withheld when too anonymous, too few below 30 by 5 people. */
export const defineConcentration = (voice: Voice, { measureShares, countsWhenFew, ...words }: ConcentrationMeasure): Metric<VoiceCounts> =>
  defineMetric({
    cases: voiceCases(voice),
    ...words,
    id: `${words.id}${voice.id_suffix}`,
    family: 'concentration',
    reading: voiceCounts,
    categories: null,
    is_per_person: true,
    needs: [...voice.needs],
    sample_minimum: { count: MIN_CONTRIBUTIONS, of: `${voice.noun} by at least ${MIN_CONTRIBUTORS} people` },
    explanation:
      `${words.explanation} Shown from ${MIN_CONTRIBUTIONS} ${voice.noun} by at least ${MIN_CONTRIBUTORS} people (${HOUSE_RULE}); ` +
      `withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} are anonymous (${HOUSE_RULE}). People who only read are not in it: reading is legitimate (Nonnecke & Preece 2000).`,
    measure: (row) => {
      const all = voice.all(row)
      const spread = voice.spread(row)
      const { people, total: known } = sumsOf(spread)
      if (all === 0) return notApplicable(`There were no ${voice.noun}.`)
      if (isTooAnonymous(all - known, all)) return withheld(all - known, all, voice.noun)
      if (known < MIN_CONTRIBUTIONS || people < MIN_CONTRIBUTORS)
        return tooFew(
          startSentence(
            `${known} ${known === 1 ? voice.noun.slice(0, -1) : voice.noun} by ${people} ${people === 1 ? 'person' : 'people'}; it takes ${MIN_CONTRIBUTIONS} by ${MIN_CONTRIBUTORS}.`,
          ),
          { n: known, ...countsWhenFew?.(spread, all) },
        )
      return measureShares(spread, all)
    },
  })
