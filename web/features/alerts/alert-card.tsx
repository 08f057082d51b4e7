import { useState } from 'react'
import type { Alert, WatchedRule } from '../../../shared/contract/alert.ts'
import { formatInstant, startSentence } from '../../../shared/format.ts'
import { sayStoodAtEnd } from '../../../shared/say-alert-time.ts'
import classes from './alerts.module.css'
import { NoticeLine, NoticeView } from './notice-view.tsx'
import { SayOfAlert } from './say-form.tsx'
import { STATE_WORDS, sayTime, standsNow } from './say-alerts.ts'

export type AlertContext = { slug: string; community: string; timeZone: string; isManager: boolean; endedOn: string | null }

const Said = ({ alert: { acknowledged, ruling }, timeZone }: { alert: Alert; timeZone: string }) => (
  <>
    {acknowledged === null ? null : (
      <p className="small">
        <bdi>{acknowledged.by ?? 'Somebody'}</bdi> looks at it, since {formatInstant(acknowledged.at, timeZone)}.
      </p>
    )}
    {ruling === null ? null : (
      <div className={classes.ruling}>
        <p>
          <span className="strong">{ruling.ruling === 'right' ? 'It was right' : 'It was a false alarm'}</span>
          <span className="small quiet">
            {' '}
            said <bdi>{ruling.by ?? 'somebody'}</bdi> on {formatInstant(ruling.at, timeZone)}
          </span>
        </p>
        {ruling.note === null ? null : (
          <p className={`measure ${classes.note}`} dir="auto">
            {ruling.note}
          </p>
        )}
      </div>
    )}
  </>
)

/** What became of it, beside its state. */
const sayBeside = ({ is_history, ruling }: Alert): string[] => [
  ...(is_history ? ['found in the past, nobody was told'] : []),
  ...(ruling === null ? [] : [ruling.ruling === 'right' ? 'called right' : 'called a false alarm']),
]

type Props = AlertContext & {
  alert: Alert
  rule: Pick<WatchedRule, 'title' | 'grain'>
  isOpened: boolean
  /** The address names it. */
  isNamed: boolean
  /** Leads to the course of its rule. */
  onCourse: () => void
}

/** One alert with its notices in their own words, what was said of it, and for managers what they may say. */
export const AlertCard = ({ alert, rule, isOpened: isOpenedAtFirst, isNamed, onCourse, ...context }: Props) => {
  const [isOpened, setOpened] = useState(isOpenedAtFirst)
  const { slug, community, timeZone, isManager, endedOn } = context
  const isNow = standsNow(alert, endedOn)
  const stood = alert.state === 'open' && !isNow ? endedOn : null
  const [began, ...later] = alert.notices
  const id = `alert-${alert.alert_id}`
  const withdrawn = alert.notices.find(({ notice }) => notice === 'withdrawn')
  return (
    <article
      className={classes.alert}
      id={id}
      aria-labelledby={`${id}-title`}
      data-named={isNamed}
      data-state={stood === null ? alert.state : 'stood'}
    >
      <p className={classes.meta}>
        <span className={classes.state}>{stood === null ? STATE_WORDS[alert.state] : startSentence(sayStoodAtEnd(stood, 'the'))}</span>
        <span>{sayTime(alert)}</span>
        <span className="quiet">{rule.title}</span>
        {sayBeside(alert).map((words) => (
          <span key={words} className="quiet">
            {words}
          </span>
        ))}
      </p>
      <h3 className={classes.headline} id={`${id}-title`}>
        <button type="button" className={classes.open} aria-expanded={isOpened} onClick={() => setOpened(!isOpened)}>
          <bdi>{began?.content.headline ?? rule.title}</bdi>
        </button>
      </h3>
      {withdrawn === undefined || isOpened ? null : <p className="small measure">{withdrawn.content.headline}</p>}
      {isOpened ? (
        <div className="stack-tight">
          {began === undefined ? (
            <p className="quiet">What was told of it is not kept.</p>
          ) : (
            <NoticeView of={began} community={community} grain={rule.grain} beganOn={alert.began_on} />
          )}
          {later.length === 0 ? null : (
            <ol className={classes.later} aria-label="What was told later">
              {later.map((notice) => (
                <NoticeLine key={`${notice.notice} ${notice.on}`} of={notice} />
              ))}
            </ol>
          )}
          <Said alert={alert} timeZone={timeZone} />
          <div className={classes.does}>
            {isManager ? <SayOfAlert slug={slug} alert={alert} /> : null}
            <button type="button" className="plain-button no-print" onClick={onCourse}>
              Its course over the years
            </button>
          </div>
        </div>
      ) : null}
    </article>
  )
}
