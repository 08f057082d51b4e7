import type { RuleOutcome, RuleTest, Verdict } from '../../../shared/contract/verdict.ts'
import { formatPercentInterval, sayCountOf, startSentence } from '../../../shared/format.ts'
import { IntervalBar } from '../../ui/interval-bar.tsx'
import classes from './verdict.module.css'
import { VerdictMark } from './verdict-mark.tsx'
import { formatTestValue, groupTests, sayExclusions, sayThreshold } from './verdict-words.ts'

/** Where the axis of a test ends: shares at 1, else with room above the largest number on it. */
const axisEnd = (test: RuleTest): number =>
  test.unit === 'share' || test.unit === 'probability' ? 1 : Math.max(test.threshold, test.observed ?? 0, test.high ?? 0, 1) * 1.25

/** A yes or no that is tested as a count, such as whether the feed is alive. */
const isYesOrNo = (test: RuleTest): boolean => test.metric === 'feed-alive'

const sayObserved = (test: RuleTest): string => {
  if (test.observed === null) return 'not known'
  if (isYesOrNo(test)) return test.observed > 0 ? 'yes' : 'no'
  const value = formatTestValue(test.observed, test.unit)
  return test.numerator === null || test.denominator === null || test.unit === 'count'
    ? value
    : `${value}, ${test.numerator} of ${test.denominator}`
}

const sayInterval = (test: RuleTest): string | null =>
  test.low === null || test.high === null
    ? null
    : test.unit === 'share'
      ? formatPercentInterval(test.low, test.high)
      : `${formatTestValue(test.low, test.unit)} to ${formatTestValue(test.high, test.unit)}`

const Test = ({ test }: { test: RuleTest }) => (
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
    <p className={classes.testNumbers}>
      <span>{sayObserved(test)}</span>
      {sayInterval(test) === null ? null : <span className="quiet">95 % interval {sayInterval(test)}</span>}
      {isYesOrNo(test) ? null : <span className="quiet">the rule asks for {sayThreshold(test)}</span>}
    </p>
    <p className={classes.testResult}>
      <span className="strong">{test.passed ? '✓ passes' : '✗ does not pass'}</span>
      {test.smallest_change === null ? null : <span className="quiet">{test.smallest_change}</span>}
    </p>
  </li>
)

const RuleHead = ({ rule, number }: { rule: RuleOutcome; number: number }) => (
  <>
    <span className={classes.ruleNumber}>{number}</span>
    <VerdictMark verdict={rule.verdict} />
    <span className={classes.ruleTitle}>
      <span className="strong">{rule.title}</span>
      <span className={classes.ruleSentence}>{rule.sentence}</span>
    </span>
    <span className={classes.ruleResult}>{rule.is_decisive ? 'decides' : rule.passed ? 'holds, but comes later' : 'does not hold'}</span>
  </>
)

const Rule = ({ rule, number }: { rule: RuleOutcome; number: number }) => {
  const alternatives = groupTests(rule.tests)
  if (alternatives.length === 0)
    return (
      <li className={classes.rule}>
        <div className={classes.ruleHead} data-plain>
          <RuleHead rule={rule} number={number} />
        </div>
      </li>
    )
  return (
    <li className={classes.rule}>
      <details open={rule.is_decisive}>
        <summary className={classes.ruleHead}>
          <RuleHead rule={rule} number={number} />
        </summary>
        <div className={classes.ruleBody}>
          {alternatives.map((tests, i) => (
            <div key={tests[0]?.alternative}>
              {alternatives.length > 1 ? <p className="small quiet">{sayAlternative(i, tests.length)}</p> : null}
              <ul className={classes.tests}>
                {tests.map((test) => (
                  <Test key={`${test.metric}-${test.comparison}-${test.threshold}`} test={test} />
                ))}
              </ul>
            </div>
          ))}
        </div>
      </details>
    </li>
  )
}

const sayAlternative = (index: number, tests: number): string =>
  `${index === 0 ? 'Either' : 'or'} ${tests === 1 ? 'this:' : tests === 2 ? 'both of these:' : 'all of these:'}`

/** Every rule in the order in which they are asked, with what each saw. */
export const RuleList = ({ verdict }: { verdict: Verdict }) => {
  const exclusions = sayExclusions(verdict)
  const failed = verdict.rules.filter((rule) => !rule.passed).length
  return (
    <section className="card stack-tight" aria-labelledby="rules">
      <h2 className="title" id="rules">
        How was that found?
      </h2>
      <p className="measure">
        The rules are asked in this order and the first that holds decides; {sayCountOf(failed, 'rule')} {failed === 1 ? 'does' : 'do'} not
        hold. The dot is what was seen, the grey band its 95 % interval, the dashed line the threshold, and the shaded side is where the
        test passes. No published source gives a validated cut-off between a community and a blog: every threshold here is a house rule.
      </p>
      <ol className={classes.rules}>
        {verdict.rules.map((rule, i) => (
          <Rule key={rule.id} rule={rule} number={i + 1} />
        ))}
      </ol>
      <p className="small quiet measure">
        {exclusions === null ? 'Nothing was left out. ' : `${exclusions} `}Rules version {verdict.rules_version}.
      </p>
    </section>
  )
}
