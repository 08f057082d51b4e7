import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { AlertRuleId, Alerts } from '../../../shared/contract/alert.ts'
import { countOf, sayCountOf, startSentence } from '../../../shared/format.ts'
import { downloadCsv } from '../../ui/csv.ts'
import { AlertCard, type AlertContext } from './alert-card.tsx'
import classes from './alerts.module.css'
import { historyFile } from './history-file.ts'

/** Shown at a time (our judgement). */
const STEP = 8

type Props = AlertContext & {
  data: Alerts
  /** The alert that the address names. */
  named: string | undefined
  of: AlertRuleId | undefined
  onOf: (of: AlertRuleId | undefined) => void
  onCourse: (rule: AlertRuleId) => void
}

const sayHistory = ({ alerts }: Alerts, isManager: boolean): string => {
  const past = alerts.filter(({ is_history }) => is_history).length
  const told = alerts.length - past
  const parts = [
    ...(told > 0 ? [`${sayCountOf(told, 'alert')} since it is watched`] : []),
    ...(past > 0 ? [`${sayCountOf(past, 'alert')} found in the time before, of which nobody was told`] : []),
  ]
  const ask = isManager ? ' Say of each whether it was right: that is how the rates that are stated are tested here.' : ''
  return `${startSentence(parts.join(', and '))}.${ask}`
}

/** Every alert, the newest first, with what was told and what became of it. */
export const HistorySection = ({ data, named, of, onOf, onCourse, ...context }: Props) => {
  const [shown, setShown] = useState(STEP)
  const { rules, alerts } = data
  const ruleOf = (rule: AlertRuleId) => rules.find((one) => one.rule === rule) ?? { title: rule, grain: 'week' as const }
  const found = alerts.filter(({ rule }) => of === undefined || rule === of)
  const at = found.findIndex(({ alert_id }) => alert_id === named)
  const show = (alert: (typeof found)[number]) => (
    <AlertCard
      key={alert.alert_id}
      alert={alert}
      rule={ruleOf(alert.rule)}
      isOpened={alert.alert_id === named || alert.state === 'open'}
      isNamed={alert.alert_id === named}
      onCourse={() => onCourse(alert.rule)}
      {...context}
    />
  )
  return (
    <section className={`card ${classes.section}`} aria-labelledby="history">
      <div className={classes.sectionHead}>
        <h2 className="title" id="history">
          What was noticed?
        </h2>
        {alerts.length === 0 ? null : (
          <div className={`${classes.tools} no-print`}>
            {rules.length < 2 ? null : (
              <NativeSelect
                aria-label="Alerts of"
                size="xs"
                value={of ?? ''}
                onChange={(event) => onOf((event.currentTarget.value || undefined) as AlertRuleId | undefined)}
                data={[{ value: '', label: 'All rules' }, ...rules.map(({ rule, title }) => ({ value: rule, label: title }))]}
              />
            )}
            <button
              type="button"
              className="plain-button"
              onClick={() => downloadCsv(`${context.slug}-alerts.csv`, historyFile(found, rules))}
            >
              CSV
            </button>
          </div>
        )}
      </div>
      {alerts.length === 0 ? (
        <p className="measure">
          Nothing has been noticed in this community so far. What is noticed stands here with its reasons, for as long as the community
          does, with what you say of it.
        </p>
      ) : (
        <>
          <p className="measure">
            {of === undefined ? sayHistory(data, context.isManager) : `${countOf(found.length, 'alert')} of “${ruleOf(of).title}”.`}
          </p>
          <div className={classes.alerts}>
            {found.slice(0, shown).map(show)}
            {/* what a link leads to is there, however long ago it was */}
            {at >= shown ? found.slice(at, at + 1).map(show) : null}
          </div>
          {found.length > shown ? (
            <button type="button" className="plain-button no-print" onClick={() => setShown(shown + STEP)}>
              Show {Math.min(STEP, found.length - shown)} earlier ones of {found.length - shown}
            </button>
          ) : null}
        </>
      )}
    </section>
  )
}
