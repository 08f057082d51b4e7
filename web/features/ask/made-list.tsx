import type { MadeAsk } from '../../../shared/contract/ask.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import classes from './ask.module.css'
import { QuestionLine } from './question-line.tsx'
import { STATE_WORDS } from './say-asks.ts'

/** What was asked last. Whether somebody replied is not shown beside their name. */
export const MadeList = ({ asks, timeZone }: { asks: MadeAsk[]; timeZone: string }) => (
  <section className="card stack-tight" aria-labelledby="made">
    <h2 className="title" id="made">
      What was asked
    </h2>
    <ul className={classes.rows}>
      {asks.map((ask) => (
        <li key={ask.ask_id} className={`${classes.row} ${classes.between}`}>
          <QuestionLine of={ask} at={ask.question_at} timeZone={timeZone} />
          <p className="quiet small">
            {STATE_WORDS[ask.state]} on {formatDay(dayInZone(ask.made_at, timeZone))}
            {ask.is_expired ? ', takes no answer any more' : ''}
          </p>
        </li>
      ))}
    </ul>
  </section>
)
