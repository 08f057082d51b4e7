import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RuleOutcome, Verdict } from '../../../shared/contract/verdict.ts'
import { sayCountOf } from '../../../shared/format.ts'
import { sayThreshold as sayOwn } from '../../../shared/threshold-text.ts'
import type { VerdictView } from '../../../shared/verdict-views.ts'
import { CountedWords } from './counted-words.tsx'
import { EvidenceLink } from './evidence-link.tsx'
import { ownOutsideRules } from './own-threshold-of.ts'
import { OwnThresholds } from './own-thresholds.tsx'
import { RuleTestRow, type TestPlace } from './rule-test.tsx'
import classes from './rules.module.css'
import { VerdictMark } from './verdict-mark.tsx'
import { groupTests } from './verdict-words.ts'

const BY_TALK = 'workgroup-by-talk'

const sayResult = (rule: RuleOutcome): string => {
  if (rule.is_decisive) return 'decides'
  if (rule.overruled !== null) return 'holds, but is overruled'
  return rule.passed ? 'holds, but comes later' : 'does not hold'
}

const RuleHead = ({ rule, number }: { rule: RuleOutcome; number: number }) => (
  <>
    <span className={classes.ruleNumber}>{number}</span>
    <VerdictMark verdict={rule.verdict} />
    <span className={classes.ruleTitle}>
      <span className="strong">{rule.title}</span>
      <span className={classes.ruleSentence}>{rule.sentence}</span>
      {rule.overruled === null ? null : <span className={classes.overruled}>Overruled: {rule.overruled}</span>}
    </span>
    <span className={classes.ruleResult}>{sayResult(rule)}</span>
  </>
)

const Rule = ({ rule, number, place }: { rule: RuleOutcome; number: number; place: TestPlace }) => {
  const [isOpen, setOpen] = useState(rule.is_decisive)
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
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes.ruleHead}>
          <RuleHead rule={rule} number={number} />
        </summary>
        <div className={classes.ruleBody}>
          {alternatives.map((tests, i) => (
            <div key={tests[0]?.alternative}>
              {alternatives.length > 1 ? <p className="small quiet">{sayAlternative(i, tests.length)}</p> : null}
              <ul className={classes.tests}>
                {tests.map((test) => (
                  <RuleTestRow key={`${test.metric}-${test.comparison}-${test.threshold}`} test={test} place={place} />
                ))}
              </ul>
            </div>
          ))}
          {rule.id === BY_TALK && isOpen ? <CountedWords slug={place.slug} at={place.at} view={place.view} /> : null}
        </div>
      </details>
    </li>
  )
}

const sayAlternative = (index: number, tests: number): string =>
  `${index === 0 ? 'Either' : 'or'} ${tests === 1 ? 'this:' : tests === 2 ? 'both of these:' : 'all of these:'}`

/** Every rule in the order in which they are asked, with what each saw, by which threshold, and where its cases are. */
export const RuleList = ({ verdict, slug, view }: { verdict: Verdict; slug: string; view: VerdictView }) => {
  const failed = verdict.rules.filter((rule) => !rule.passed).length
  const outside = ownOutsideRules(verdict.own_thresholds)
  return (
    <section className="card stack-tight" aria-labelledby="rules">
      <h2 className="title" id="rules">
        How was that found?
      </h2>
      <p className="measure">
        The rules are asked in this order and the first that holds decides; {sayCountOf(failed, 'rule')} {failed === 1 ? 'does' : 'do'} not
        hold. The dot is what was seen, the grey band its 95 % interval, the dashed line the threshold, and the shaded side is where the
        test passes. No published source gives a validated cut-off between a community and a blog: every threshold here is a house rule.{' '}
        <OwnThresholds slug={slug} own={verdict.own_thresholds} />
      </p>
      <ol className={classes.rules}>
        {verdict.rules.map((rule, i) => (
          <Rule
            key={`${verdict.at}-${rule.id}`}
            rule={rule}
            number={i + 1}
            place={{ slug, at: verdict.at, rule: rule.id, view, own: verdict.own_thresholds }}
          />
        ))}
      </ol>
      {outside.map((own) => (
        <p key={own.id} className="small measure">
          Own threshold, {own.says}: {sayOwn(own.value, own.unit)}, default {sayOwn(own.default_value, own.unit)}.
        </p>
      ))}
      <p className="small quiet">
        Rules version {verdict.rules_version}.{' '}
        <Link to="/c/$slug/rules" params={{ slug }}>
          House rules
        </Link>{' '}
        ·{' '}
        <EvidenceLink slug={slug} search={{ at: verdict.at, view: view === 'as_found' ? undefined : view }}>
          The people and threads behind it
        </EvidenceLink>
      </p>
    </section>
  )
}
