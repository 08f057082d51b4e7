import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { HealthReport } from '../../../shared/contract/health-report.ts'
import { formatPeriod, formatPeriodShort } from '../../../shared/format.ts'
import { edgeOf, fillOf } from '../../ui/palette.ts'
import classes from './verdict.module.css'
import { VerdictMark } from './verdict-mark.tsx'
import { VERDICT_WORDS } from './verdict-words.ts'

/** The verdict at the end of each month; a month opens its evidence. Years of months are drawn narrower. */
export const VerdictStrip = ({ verdicts, chosen }: { verdicts: HealthReport['verdicts']; chosen: string | null }) => {
  if (verdicts.length === 0) return null
  const latest = verdicts.at(-1)?.period
  const present = [...new Set(verdicts.map((v) => v.verdict))]
  const isDense = verdicts.length > 24
  return (
    <section className="card stack-tight" aria-labelledby="verdict-by-month">
      <h2 className="title" id="verdict-by-month">
        What was it, month by month?
      </h2>
      <p className={classes.legend}>
        {present.map((verdict) => (
          <span key={verdict}>
            <VerdictMark verdict={verdict} size={16} /> {VERDICT_WORDS[verdict].word}
          </span>
        ))}
      </p>
      <ol className={classes.strip} data-dense={isDense}>
        {verdicts.map(({ period, verdict, sentence }, i) => {
          const { tone, word } = VERDICT_WORDS[verdict]
          const isHollow = verdict === 'dormant' || verdict === 'too_little_data'
          const withYear = i === 0 || period.endsWith('-01')
          return (
            <li key={period}>
              <Tooltip label={`${formatPeriod(period)}: ${sentence}`} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
                <Link
                  from="/c/$slug"
                  to="/c/$slug"
                  search={(search) => ({ ...search, at: period === latest ? undefined : period })}
                  resetScroll={false}
                  className={classes.month}
                  aria-current={period === (chosen ?? latest) ? 'true' : undefined}
                >
                  <span
                    className={classes.block}
                    style={{
                      background: isHollow ? 'transparent' : fillOf(tone),
                      borderColor: edgeOf(tone),
                      borderStyle: isHollow ? 'dashed' : 'solid',
                    }}
                  />
                  {isDense && !period.endsWith('-01') && i !== 0 ? (
                    <span className="visually-hidden">{formatPeriod(period)}</span>
                  ) : (
                    <span className={classes.monthName}>{isDense ? period.slice(0, 4) : formatPeriodShort(period, withYear)}</span>
                  )}
                  <span className="visually-hidden">: {word}</span>
                </Link>
              </Tooltip>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
