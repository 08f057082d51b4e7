import type { CSSProperties } from 'react'
import type { Support, VerdictName } from '../../../shared/contract/verdict.ts'
import { formatPercent } from '../../../shared/format.ts'
import { edgeOf, fillOf } from '../../ui/palette.ts'
import classes from './hero.module.css'
import { VerdictMark } from './verdict-mark.tsx'
import { VERDICT_WORDS } from './verdict-words.ts'

/** Below this share a reading is counted with the others, so that what is named can be seen. */
const LEAST_NAMED = 0.02

/** What the resampled windows read as: the verdict first, then the rest, the rare ones together. */
export const listReadings = (found: Support['found'], verdict: VerdictName): { verdict: VerdictName | null; share: number }[] => {
  const sorted = found.toSorted((a, b) => Number(b.verdict === verdict) - Number(a.verdict === verdict) || b.share - a.share)
  const named = sorted.filter((reading) => reading.verdict === verdict || reading.share >= LEAST_NAMED)
  const rest = sorted.filter((reading) => !named.includes(reading))
  const [only] = rest
  if (only === undefined) return named
  const share = rest.reduce((sum, reading) => sum + reading.share, 0)
  return [...named, rest.length === 1 ? only : { verdict: null, share }]
}

/** How the windows drawn anew read, as one bar with a name for each part of it. */
export const SupportBar = ({ support: { found, resamples }, verdict }: { support: Support; verdict: VerdictName }) => {
  const readings = listReadings(found, verdict)
  if (readings.length === 0) return null
  return (
    <div>
      <div className={classes.supportBar} aria-hidden>
        {readings.map((reading) => {
          const tone = reading.verdict === null ? 'other' : VERDICT_WORDS[reading.verdict].tone
          return (
            <span
              key={reading.verdict ?? 'rest'}
              data-other={reading.verdict !== verdict}
              style={{ flexGrow: reading.share, '--fill': fillOf(tone), '--edge': edgeOf(tone) } as CSSProperties}
            />
          )
        })}
      </div>
      <ul className={classes.readings} aria-label="What the windows drawn anew read as">
        {readings.map((reading) => (
          <li key={reading.verdict ?? 'rest'}>
            {reading.verdict === null ? null : <VerdictMark verdict={reading.verdict} size={13} />}{' '}
            {reading.verdict === null ? 'something else' : VERDICT_WORDS[reading.verdict].word.toLowerCase()}{' '}
            {formatPercent(reading.share, resamples)}
          </li>
        ))}
      </ul>
    </div>
  )
}
