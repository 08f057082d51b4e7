import { useQuery } from '@tanstack/react-query'
import type { Preview } from '../../../shared/contract/import.ts'
import { joinWords } from '../../../shared/format.ts'
import { catalogueQuery } from '../../app/queries.ts'
import { CAPABILITY_WORDS } from '../../../shared/capability-words.ts'
import classes from './import.module.css'

/** What this source cannot tell, and which numbers will therefore stay away. */
export const WhatIsMissing = ({ preview }: { preview: Preview }) => {
  const { data: catalogue } = useQuery(catalogueQuery)
  const missing = new Set<string>(preview.cannot_tell)
  if (missing.size === 0 && preview.cannot.length === 0) return null
  const without = (catalogue ?? []).filter(({ needs }) => needs.some((need) => missing.has(need)))
  return (
    <section className="card stack-tight" aria-labelledby="missing">
      <h2 className="title" id="missing">
        What it cannot tell
      </h2>
      {missing.size === 0 ? null : (
        <p className="measure">
          {'This source does not say '}
          {joinWords(
            preview.cannot_tell.map((name) => CAPABILITY_WORDS[name] ?? name),
            'or',
          )}
          . What needs that will read “not available from this source”, never 0; another source of the same community may fill it.
        </p>
      )}
      {preview.cannot.length === 0 ? null : (
        <ul className={classes.list}>
          {preview.cannot.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {without.length === 0 ? null : (
        <details className={classes.more}>
          <summary>The numbers that will not be available</summary>
          <ul className={classes.list}>
            {without.map(({ id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
