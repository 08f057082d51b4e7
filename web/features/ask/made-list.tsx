import type { MadeAsk } from '../../../shared/contract/ask.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import { Failure } from '../../ui/failure.tsx'
import { askPath, useAskChange } from './ask-queries.ts'
import classes from './ask.module.css'
import { QuestionLine } from './question-line.tsx'
import { STATE_WORDS } from './say-asks.ts'

/** A mail that did not reach anybody asked nobody: the question may be asked about again, by link. */
const TakeBack = ({ slug, ask }: { slug: string; ask: MadeAsk }) => {
  const take = useAskChange<void>(slug, { method: 'DELETE', path: () => askPath(slug, 'asks', ask.ask_id) })
  return (
    <>
      <button
        type="button"
        className="plain-button no-print"
        disabled={take.isPending}
        onClick={() => take.mutate()}
        aria-label={`Ask ${ask.asker} another way`}
      >
        Ask another way
      </button>
      <Failure error={take.error} />
    </>
  )
}

/** What was asked last. Whether somebody replied is not shown beside their name. */
export const MadeList = ({ slug, asks, timeZone }: { slug: string; asks: MadeAsk[]; timeZone: string }) => (
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
          {ask.state === 'not_sent' ? <TakeBack slug={slug} ask={ask} /> : null}
        </li>
      ))}
    </ul>
  </section>
)
