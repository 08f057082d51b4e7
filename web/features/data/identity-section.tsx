import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Suggestion } from '../../../shared/contract/identity.ts'
import { formatCount } from '../../../shared/format.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { DismissedList } from './dismissed-list.tsx'
import { accountsOf, keyOf, type Said, suggestionsQuery } from './identity-queries.ts'
import classes from './identity-section.module.css'
import { MergeByHand } from './merge-by-hand.tsx'
import { MergedList } from './merged-list.tsx'
import { SaidLine } from './said-line.tsx'
import { SuggestionRow } from './suggestion-row.tsx'

/** Shown at once; more at a click. */
const MOST_SHOWN = 10

/** The same in whatever order: who wrote most may change while the page is open. */
const rowKey = ({ people }: Suggestion): string =>
  accountsOf(people)
    .map((account) => keyOf([account]))
    .sort()
    .join()

/** What was said of a row stands in its place until the page is left, or the row is suggested again. */
type Kept = { key: string; at: number; said: Said; since: number }
type Row = { key: string; suggestion: Suggestion } | { key: string; said: Said }

const Suggested = ({ slug, timeZone, sources }: { slug: string; timeZone: string; sources: number }) => {
  const { data, dataUpdatedAt, error, refetch } = useQuery(suggestionsQuery(slug))
  const [said, setSaid] = useState<readonly Kept[]>([])
  const [isWhole, setWhole] = useState(false)
  if (data === undefined)
    return error ? <CardProblem what="The suggestions" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[160]} />
  const suggested = data.suggestions.map((suggestion) => ({ key: rowKey(suggestion), suggestion }))
  const kept = said.filter((one) => dataUpdatedAt <= one.since || !suggested.some(({ key }) => key === one.key))
  const rows: Row[] = suggested.filter(({ key }) => !kept.some((one) => one.key === key))
  for (const one of kept.toSorted((a, b) => a.at - b.at)) rows.splice(one.at, 0, one)
  const shown = isWhole ? rows : rows.slice(0, MOST_SHOWN)
  if (rows.length === 0)
    return (
      <p className="quiet measure">
        {sources > 1
          ? 'No two accounts are alike: none share an address or a full name, or all that do have been decided.'
          : 'No two accounts are alike. Suggestions come when the same people also write in a second source: import its export, and they stand here.'}
      </p>
    )
  return (
    <>
      <ul className={classes.rows}>
        {shown.map((row, at) => (
          <li key={row.key} className={classes.row}>
            {'said' in row ? (
              <SaidLine slug={slug} said={row.said} onUndone={() => setSaid(kept.filter((one) => one.key !== row.key))} />
            ) : (
              <SuggestionRow
                slug={slug}
                suggestion={row.suggestion}
                timeZone={timeZone}
                onSaid={(what) =>
                  setSaid((before) => [
                    ...before.filter((one) => one.key !== row.key),
                    { key: row.key, at, said: what, since: dataUpdatedAt },
                  ])
                }
              />
            )}
          </li>
        ))}
      </ul>
      {shown.length < rows.length ? (
        <div className="no-print">
          <button type="button" className="plain-button" onClick={() => setWhole(true)}>
            Show all {formatCount(rows.length)}
          </button>
        </div>
      ) : null}
      {data.suggestions.length < data.total ? (
        <p className="quiet small">
          The {formatCount(data.suggestions.length)} most telling of {formatCount(data.total)}; the others follow as these are decided.
        </p>
      ) : null}
    </>
  )
}

/** Accounts that may be one person's: a person decides, and can take it back. */
export const IdentitySection = ({ slug, timeZone, sources }: { slug: string; timeZone: string; sources: number }) => (
  <section className="card stack-tight" aria-labelledby="identities">
    <h2 className="title" id="identities">
      One person, several accounts
    </h2>
    <p className="measure">
      Somebody who writes in the chat and on the mailing list counts as two people until you say that they are one. Accounts with the same
      address or name are suggested here; nothing is merged before you say so, and every number follows what you say.
    </p>
    <Suggested slug={slug} timeZone={timeZone} sources={sources} />
    <MergedList slug={slug} timeZone={timeZone} />
    <DismissedList slug={slug} timeZone={timeZone} />
    <MergeByHand slug={slug} />
  </section>
)
