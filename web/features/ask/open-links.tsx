import { Button, CopyButton } from '@mantine/core'
import type { MadeAsk } from '../../../shared/contract/ask.ts'
import { Failure } from '../../ui/failure.tsx'
import { askPath, useAskChange } from './ask-queries.ts'
import classes from './ask.module.css'
import { QuestionLine } from './question-line.tsx'

const OpenLink = ({ slug, ask, timeZone }: { slug: string; ask: MadeAsk; timeZone: string }) => {
  const post = useAskChange<void>(slug, { method: 'PUT', path: () => askPath(slug, 'asks', ask.ask_id, 'posted') })
  const take = useAskChange<void>(slug, { method: 'DELETE', path: () => askPath(slug, 'asks', ask.ask_id) })
  return (
    <li className={classes.row}>
      <QuestionLine of={ask} at={ask.question_at} timeZone={timeZone} />
      <p className={classes.post} dir="auto">
        {ask.text}
      </p>
      <div className="row">
        <CopyButton value={ask.text ?? ''}>
          {({ copied, copy }) => (
            <Button size="compact-md" onClick={copy} aria-label={`Copy the text for ${ask.asker}`}>
              {copied ? 'Copied' : 'Copy the text'}
            </Button>
          )}
        </CopyButton>
        <CopyButton value={ask.link ?? ''}>
          {({ copied, copy }) => (
            <Button size="compact-md" variant="default" onClick={copy} aria-label={`Copy the link for ${ask.asker}`}>
              {copied ? 'Copied' : 'The link alone'}
            </Button>
          )}
        </CopyButton>
        <Button
          size="compact-md"
          variant="default"
          loading={post.isPending}
          onClick={() => post.mutate()}
          aria-label={`The link for ${ask.asker} is posted`}
        >
          It is posted
        </Button>
        <button
          type="button"
          className="plain-button"
          disabled={take.isPending}
          onClick={() => take.mutate()}
          aria-label={`Take back the link for ${ask.asker}`}
        >
          Take it back
        </button>
      </div>
      <Failure error={post.error ?? take.error} />
    </li>
  )
}

/** Links that were made and wait to be posted by the manager. */
export const OpenLinks = ({ slug, asks, timeZone }: { slug: string; asks: MadeAsk[]; timeZone: string }) => (
  <section className="card stack-tight no-print" aria-labelledby="open-links">
    <h2 className="title" id="open-links">
      To be sent
    </h2>
    <p className="measure">
      Send it to the asker as a private message where the place has them. Under the question it works too, but whoever sees it there can
      click it: what was said is shown only in the browser in which it was said.
    </p>
    <ul className={classes.rows}>
      {asks.map((ask) => (
        <OpenLink key={ask.ask_id} slug={slug} ask={ask} timeZone={timeZone} />
      ))}
    </ul>
  </section>
)
