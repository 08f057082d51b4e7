import { formatCount } from '../../../shared/format.ts'
import classes from './import.module.css'

/** Counts, each with what it counts. */
export const CountList = ({ counts }: { counts: readonly { key: string; count: number; word: React.ReactNode }[] }) => (
  <ul className={classes.counts}>
    {counts.map(({ key, count, word }) => (
      <li key={key}>
        <span className={classes.count}>{formatCount(count)}</span>
        <span className={classes.what}>{word}</span>
      </li>
    ))}
  </ul>
)

const byCount = (counts: Readonly<Record<string, number>>) => Object.entries(counts).sort((a, b) => b[1] - a[1])

/** What was passed by on purpose. */
export const SkippedRows = ({ skipped }: { skipped: Readonly<Record<string, number>> }) => {
  const total = Object.values(skipped).reduce((sum, count) => sum + count, 0)
  return total === 0 ? null : (
    <details className={classes.more}>
      <summary className="quiet">
        {formatCount(total)} {total === 1 ? 'entry is no event and is' : 'entries are no events and are'} passed by
      </summary>
      <CountList counts={byCount(skipped).map(([word, count]) => ({ key: word, count, word }))} />
    </details>
  )
}
