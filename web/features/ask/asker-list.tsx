import { Button } from '@mantine/core'
import { useState } from 'react'
import type { AskerEntry, Asks } from '../../../shared/contract/ask.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import { Failure } from '../../ui/failure.tsx'
import { askPath, useAskChange } from './ask-queries.ts'
import classes from './ask.module.css'
import { QuestionLine } from './question-line.tsx'
import { sayNotYet } from './say-asks.ts'

/** Shown at first; who wants to ask more people in a week presses once more (our judgement). */
const STEP = 10

const AskerRow = ({ slug, asker, timeZone, canMail }: { slug: string; asker: AskerEntry; timeZone: string; canMail: boolean }) => {
  const ask = useAskChange<'link' | 'mail'>(slug, {
    method: 'POST',
    path: () => askPath(slug, 'asks'),
    body: (how) => ({ question: asker.key, how }),
  })
  return (
    <li className={classes.row}>
      <div className={classes.between}>
        <QuestionLine
          of={asker}
          at={asker.asked_at}
          timeZone={timeZone}
          more={`answered on ${formatDay(dayInZone(asker.answered_at, timeZone))}`}
        />
        <div className="row no-print">
          <Button
            size="compact-md"
            variant="default"
            loading={ask.isPending && ask.variables === 'link'}
            disabled={ask.isPending}
            onClick={() => ask.mutate('link')}
            aria-label={`Make a link for ${asker.asker}`}
          >
            Make a link
          </Button>
          {canMail && asker.has_address ? (
            <Button
              size="compact-md"
              variant="default"
              loading={ask.isPending && ask.variables === 'mail'}
              disabled={ask.isPending}
              onClick={() => ask.mutate('mail')}
              aria-label={`Mail ${asker.asker}`}
            >
              Mail it
            </Button>
          ) : null}
        </div>
      </div>
      {asker.is_inferred ? (
        <p className="quiet small measure">
          That it is a question, or who answered it, was recognised from texts and times. Look at it before you ask.
        </p>
      ) : null}
      <Failure error={ask.error} />
    </li>
  )
}

/** Who may be asked now, one question of each person. */
export const AskerList = ({ slug, asks, timeZone }: { slug: string; asks: Asks; timeZone: string }) => {
  const [shown, setShown] = useState(STEP)
  const notYet = sayNotYet(asks.not_yet)
  return (
    <section className="card stack-tight" aria-labelledby="askers">
      <h2 className="title" id="askers">
        Who may be asked now
      </h2>
      {asks.askers.length === 0 ? (
        <p className="measure">
          Nobody, as things are. Whoever asks something and gets an answer stands here three days later, for as long as they may remember
          it.
        </p>
      ) : (
        <ul className={classes.rows}>
          {asks.askers.slice(0, shown).map((asker) => (
            <AskerRow key={asker.key} slug={slug} asker={asker} timeZone={timeZone} canMail={asks.can_mail} />
          ))}
        </ul>
      )}
      {shown < asks.askers.length ? (
        <div className="no-print">
          <Button variant="default" onClick={() => setShown(shown + STEP)}>
            {asks.askers.length - shown <= STEP
              ? `Show the other ${asks.askers.length - shown}`
              : `Show ${STEP} more of ${asks.askers.length - shown}`}
          </Button>
        </div>
      ) : null}
      {notYet === null ? null : <p className="quiet measure">{notYet}</p>}
      <details>
        <summary className={classes.summary}>By which rules</summary>
        <ul className={classes.rules}>
          {asks.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}
