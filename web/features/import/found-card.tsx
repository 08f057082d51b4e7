import { useQuery } from '@tanstack/react-query'
import type { Preview } from '../../../shared/contract/import.ts'
import { countOf, joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import { CountList, SkippedRows } from './count-list.tsx'
import { listTypes } from './event-words.ts'
import classes from './import.module.css'
import { formatsQuery } from './import-queries.ts'

const Rules = ({ rules }: { rules: [string, number][] }) => {
  const { data } = useQuery(formatsQuery)
  return (
    <details className={classes.more}>
      <summary>By which rules</summary>
      <CountList counts={rules.map(([rule, count]) => ({ key: rule, count, word: data?.rules[rule] ?? rule }))} />
    </details>
  )
}

/** How its questions and its threads were found, where the source says neither. */
const HowFound = ({ preview }: { preview: Preview }) => {
  const rules = Object.entries(preview.classified)
    // a reply is one whatever it says
    .filter(([rule]) => rule !== 'reply')
    .sort((a, b) => b[1] - a[1])
  const byText = rules.reduce((sum, [, count]) => sum + count, 0)
  const { opens = 0, named = 0, guess = 0 } = preview.inferred
  const inferred = opens + named + guess
  if (byText + inferred === 0) return null
  return (
    <>
      {byText === 0 ? null : (
        <div className="stack-tight">
          <h3 className="strong">Questions were found by their text</h3>
          <p className="measure">
            This source does not say which messages are questions or news. {startSentence(countOf(byText, 'message was', 'messages were'))}{' '}
            read for it, by published rules.
          </p>
          <Rules rules={rules} />
        </div>
      )}
      {inferred === 0 ? null : (
        <div className="stack-tight">
          <h3 className="strong">Threads are inferred</h3>
          <p className="measure">
            {startSentence(sayCountOf(inferred, 'message does', 'messages do'))} not say what{' '}
            {inferred === 1 ? 'it answers' : 'they answer'}, as in a chat where nobody uses threads. It is inferred:{' '}
            {joinWords([
              ...(named === 0 ? [] : [sayCountOf(named, 'names whom it answers', 'name whom they answer')]),
              ...(guess === 0 ? [] : [sayCountOf(guess, 'is taken to answer what came before', 'are taken to answer what came before')]),
              ...(opens === 0 ? [] : [sayCountOf(opens, 'opens a conversation', 'open a conversation')]),
            ])}
            . Numbers that rest on it say so, and are probably low.
          </p>
        </div>
      )}
    </>
  )
}

const Channels = ({ channels }: Pick<Preview, 'channels'>) =>
  channels.length === 0 ? null : (
    <details className={classes.more}>
      <summary>
        {channels.length >= 50 ? '50 or more channels' : countOf(channels.length, 'channel')}:{' '}
        {channels
          .slice(0, 3)
          .map(({ channel }) => channel)
          .join(', ')}
        {channels.length > 3 ? ' …' : ''}
      </summary>
      <CountList counts={channels.map(({ channel, event_count }) => ({ key: channel, count: event_count, word: <bdi>{channel}</bdi> }))} />
    </details>
  )

/** What is in it, counted, and how that is known. */
export const FoundCard = ({ preview }: { preview: Preview }) => (
  <section className="card stack-tight" aria-labelledby="found">
    <h2 className="title" id="found">
      What is in it
    </h2>
    <CountList counts={listTypes(preview.by_type).map((one) => ({ ...one, key: one.type }))} />
    <Channels channels={preview.channels} />
    <SkippedRows skipped={preview.skipped} />
    <HowFound preview={preview} />
    {preview.notes.length === 0 ? null : (
      <ul className={classes.list}>
        {preview.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    )}
  </section>
)
