import type { ReactNode } from 'react'
import type { WatchedRule } from '../../../shared/contract/alert.ts'
import { startSentence } from '../../../shared/format.ts'
import { sayStoodAtEnd } from '../../../shared/say-alert-time.ts'
import classes from './alerts.module.css'
import { LimitBar } from './limit-bar.tsx'
import { RuleControls } from './rule-controls.tsx'
import { RULE_STATE_WORDS, saySnoozed, sayStated } from './say-alerts.ts'

type Props = {
  slug: string
  rule: WatchedRule
  timeZone: string
  /** The last day that its data reach, where they have ended. */
  endedOn: string | null
  isManager: boolean
  isOpened: boolean
  /** One line until it is opened: there is nothing to see of it. */
  isFolded: boolean
  onToggle: () => void
  /** Its course, where it is opened. */
  children: ReactNode
}

/** One thing that is watched: how it stands, how near its limit it is, and how much its alarms are worth. */
export const RuleRow = ({ slug, rule, timeZone, endedOn, isManager, isOpened, isFolded, onToggle, children }: Props) => {
  const { title, watches, sentence, state, statistic, snoozed, stated, record } = rule
  const id = `rule-${rule.rule}`
  const isJudged = state === 'quiet' || state === 'standing'
  const heading = (
    <h3 className={classes.ruleTitle}>
      <button type="button" className={classes.open} aria-expanded={isOpened} onClick={onToggle}>
        {title}
      </button>
      {isFolded && !isOpened ? null : (
        <span className={classes.ruleState}>
          {endedOn !== null && state === 'standing' ? startSentence(sayStoodAtEnd(endedOn, 'the')) : RULE_STATE_WORDS[state]}
        </span>
      )}
    </h3>
  )
  if (isFolded && !isOpened)
    return (
      <li className={classes.folded} id={id} data-state={state}>
        {heading}
        <p className="small">{sentence}</p>
      </li>
    )
  return (
    <li className={classes.rule} id={id} data-state={endedOn !== null && state === 'standing' ? 'stood' : state} data-opened={isOpened}>
      <div className={classes.ruleHead}>
        <div className={classes.ruleWords}>
          {heading}
          <p className="measure">
            {endedOn !== null && isJudged ? 'As it was then: ' : ''}
            {sentence}
          </p>
          {snoozed === null ? null : (
            <p className="measure">
              {saySnoozed(snoozed.until, timeZone)}{' '}
              <span className="quiet">
                Snoozed by <bdi>{snoozed.by ?? 'somebody'}</bdi>; what is noticed meanwhile is shown here.
              </span>
            </p>
          )}
          {isOpened ? <p className="small quiet measure">{watches}</p> : null}
        </div>
        <div className={classes.ruleSide}>
          <LimitBar statistic={statistic} what={title} />
          {isJudged ? <p className="small quiet">{sayStated(stated, isOpened)}</p> : null}
          {record.sentence !== '' && (isJudged || record.told > 0) ? <p className="small quiet">{record.sentence}</p> : null}
        </div>
      </div>
      <div className={`${classes.ruleActions} no-print`}>
        <button
          type="button"
          className="plain-button no-print"
          onClick={onToggle}
          aria-label={`${isOpened ? 'Close' : 'Its course over the years'}: ${title}`}
        >
          {isOpened ? 'Close' : 'Its course over the years'}
        </button>
        {isManager ? <RuleControls slug={slug} rule={rule} /> : null}
      </div>
      {isOpened ? (
        <div className={classes.course} id={`${id}-course`}>
          {children}
        </div>
      ) : null}
    </li>
  )
}
