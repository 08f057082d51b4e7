import { Link } from '@tanstack/react-router'
import type { OwnThreshold, RuleTest } from '../../../shared/contract/verdict.ts'
import { formatCount, formatPercentInterval, startSentence } from '../../../shared/format.ts'
import { sayThreshold as sayOwn } from '../../../shared/threshold-text.ts'
import { hasVerdictCases, type VerdictView } from '../../../shared/verdict-views.ts'
import { IntervalBar } from '../../ui/interval-bar.tsx'
import { EvidenceLink } from './evidence-link.tsx'
import { ownThresholdOf } from './own-threshold-of.ts'
import classes from './rules.module.css'
import { formatObserved, formatTestValue, sayThreshold } from './verdict-words.ts'

/** Of which verdict a test is, and where its evidence is to be asked for. */
export type TestPlace = { slug: string; at: string; rule: string; view: VerdictView; own: OwnThreshold[] }

/** Where the axis of a test ends: shares at 1, else with room above the largest number on it. */
const axisEnd = (test: RuleTest): number =>
  test.unit === 'share' || test.unit === 'probability'
    ? 1
    : Math.max(test.threshold, test.observed ?? 0, test.high ?? 0, test.unit === 'per 100 words' ? 0.1 : 1) * 1.25

/** A yes or no that is tested as a count, such as whether the feed is alive. */
const isYesOrNo = (test: RuleTest): boolean => test.metric === 'feed-alive'

const sayObserved = (test: RuleTest): string => {
  if (test.observed === null) return 'not known'
  if (isYesOrNo(test)) return test.observed > 0 ? 'yes' : 'no'
  const value = formatObserved(test.observed, test)
  return test.numerator === null || test.denominator === null || test.unit === 'count'
    ? value
    : `${value}, ${formatCount(test.numerator)} of ${formatCount(test.denominator)}`
}

const sayInterval = (test: RuleTest): string | null =>
  test.low === null || test.high === null
    ? null
    : test.unit === 'share'
      ? formatPercentInterval(test.low, test.high)
      : `${formatTestValue(test.low, test.unit)} to ${formatTestValue(test.high, test.unit)}`

type Part = { part: 'numerator' | 'denominator' | undefined; text: string }
/** The counts of a test that have a list: of a share both its sides, of a count the count; none where nothing was counted. */
const listParts = (test: RuleTest): Part[] => {
  if (!hasVerdictCases(test.metric)) return []
  if (test.numerator === null || test.denominator === null)
    return test.observed === null || test.observed === 0 ? [] : [{ part: undefined, text: `See the ${formatCount(test.observed)}` }]
  if (test.denominator === 0) return []
  const all: Part = { part: 'denominator', text: `All ${formatCount(test.denominator)}` }
  return test.numerator === 0 ? [all] : [{ part: 'numerator', text: `See the ${formatCount(test.numerator)}` }, all]
}

const EvidenceLinks = ({ test, place: { slug, at, rule, view } }: { test: RuleTest; place: TestPlace }) => (
  <>
    {listParts(test).map(({ part, text }) => (
      <EvidenceLink
        key={text}
        slug={slug}
        search={{ at, rule, metric: test.metric, part, alternative: test.alternative, view: view === 'as_found' ? undefined : view }}
        label={`${text}: ${startSentence(test.label)}`}
      >
        {text}
      </EvidenceLink>
    ))}
  </>
)

/** One test: what was seen on a line with its interval and threshold, the same in numbers, and what would turn it. */
export const RuleTestRow = ({ test, place }: { test: RuleTest; place: TestPlace }) => {
  const own = ownThresholdOf(place.own, place.rule, test)
  return (
    <li className={classes.test}>
      <p className={classes.testLabel}>{startSentence(test.label)}</p>
      <div>
        {isYesOrNo(test) ? null : (
          <IntervalBar
            observed={test.observed}
            low={test.low}
            high={test.high}
            threshold={test.threshold}
            max={axisEnd(test)}
            passes={test.comparison === 'at_least' || test.comparison === 'above' ? 'above' : 'below'}
            label={test.sentence}
          />
        )}
      </div>
      <div className={classes.testNumbers}>
        <span>{sayObserved(test)}</span>
        {sayInterval(test) === null ? null : <span className="quiet">95 % interval {sayInterval(test)}</span>}
        {isYesOrNo(test) ? null : <span className="quiet">the rule asks for {sayThreshold(test)}</span>}
        {own === null ? null : (
          <span className={classes.own}>
            <Link to="/c/$slug/rules" params={{ slug: place.slug }} hash="thresholds">
              Own threshold
            </Link>{' '}
            {sayOwn(own.value, own.unit)}, default {sayOwn(own.default_value, own.unit)}
          </span>
        )}
      </div>
      <div className={classes.testResult}>
        <span className="strong">{test.passed ? '✓ passes' : '✗ does not pass'}</span>
        {test.smallest_change === null ? null : <span className="quiet">{test.smallest_change}</span>}
        <span className={`${classes.testLinks} no-print`}>
          <EvidenceLinks test={test} place={place} />
        </span>
      </div>
    </li>
  )
}
