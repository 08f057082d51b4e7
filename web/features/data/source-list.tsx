import type { HealthReport } from '../../../shared/contract/health-report.ts'
import { joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import { CardEmpty } from '../../ui/states.tsx'
import { saySpan } from '../import/say-preview.ts'
import { CAPABILITY_WORDS } from '../../../shared/capability-words.ts'
import classes from './data.module.css'

const sayCapabilities = (names: string[]): string => joinWords(names.map((name) => CAPABILITY_WORDS[name] ?? name.replaceAll('_', ' ')))

/** Each source, since when it is heard, and what it can and cannot tell. */
export const SourceList = ({ sources, timeZone }: { sources: HealthReport['sources']; timeZone: string }) => {
  if (sources.length === 0)
    return (
      <CardEmpty title="No source yet">
        <p className="measure">The first event makes one: import a file, or have a program send events with a key.</p>
      </CardEmpty>
    )
  return (
    <section className="card stack-tight" aria-labelledby="sources">
      <h2 className="title" id="sources">
        Sources
      </h2>
      <ul className={classes.sources}>
        {sources.map((source) => (
          <li key={source.source} className="stack-tight" style={{ gap: 4 }}>
            <p>
              <bdi className={classes.sourceName}>{source.source}</bdi>
              <span className="quiet">
                {' · '}
                {sayCountOf(source.event_count, 'event')}
                {source.first_event_at === null || source.last_event_at === null ? '' : `, ${saySpan(source, timeZone)}`}
              </span>
            </p>
            <p>
              {source.tells.length === 0
                ? 'It tells nothing that is measured yet.'
                : `${startSentence('it tells')} ${sayCapabilities(source.tells)}.`}
            </p>
            {source.cannot_tell.length === 0 ? null : (
              <p className="quiet">
                It cannot tell{' '}
                {joinWords(
                  source.cannot_tell.map((name) => CAPABILITY_WORDS[name] ?? name.replaceAll('_', ' ')),
                  'or',
                )}
                . What needs that is “not available from this source”, never 0.
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
