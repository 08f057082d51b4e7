import { MultiSelect } from '@mantine/core'
import type { Retention } from '../../../shared/contract/retention.ts'
import { formatCount, formatPercent, formatPercentInterval } from '../../../shared/format.ts'
import { FigureCard, type FigureTable, NothingToDraw } from '../../ui/figure-card.tsx'
import type { Tone } from '../../ui/palette.ts'
import { stepAt } from '../../ui/step-path.ts'
import { SurvivalChart, type SurvivalLine } from '../../ui/survival-chart.tsx'
import { Term } from '../definitions/term.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import type { Cohort } from './fetch-retention.ts'
import { MOST_CHOSEN } from './membership-search.ts'
import { useCohorts } from './retention-figure.tsx'
import { nameCohort, sayMedian } from './say-staying.ts'

const LOOKS: { tone: Tone; dash?: string }[] = [{ tone: 'joined' }, { tone: 'broadcast', dash: '6 4' }]

const lineOf = (id: string, label: string, curve: NonNullable<Cohort['curve']>, look: { tone: Tone; dash?: string }): SurvivalLine => ({
  id,
  label,
  ...look,
  people: curve.people_count,
  end: curve.ends_before_day,
  steps: curve.steps,
  followed: curve.followed,
})

const tableOf = (lines: SurvivalLine[]): FigureTable => {
  const days = [...new Set(lines.flatMap((line) => line.followed.map((one) => one.day)))].toSorted((a, b) => a - b)
  return {
    columns: [
      { label: 'Days after joining', isNumber: false },
      ...lines.flatMap((line) => [
        { label: `${line.label}: still there`, isNumber: true },
        { label: 'followed', isNumber: true },
      ]),
    ],
    rows: days.map((day) => ({
      key: String(day),
      cells: [
        formatCount(day),
        ...lines.flatMap((line) => {
          const found = stepAt(line.steps, line.end, day)
          const interval =
            found === null || found.low === null || found.high === null ? '' : ` (${formatPercentInterval(found.low, found.high)})`
          const followed = line.followed.find((one) => one.day === day)
          return [
            found === null ? 'too few' : `${formatPercent(found.share, line.people)}${interval}`,
            followed === undefined ? '–' : formatCount(followed.count),
          ]
        }),
      ],
    })),
    csv: [
      ['cohort', 'day', 'share', 'low', 'high'],
      ...lines.flatMap((line) => [
        ...(line.steps[0]?.day === 0 ? [] : [[line.label, 0, 1, null, null]]),
        ...line.steps.map((step) => [line.label, step.day, step.share, step.low, step.high]),
      ]),
    ],
  }
}

/** How long do they stay: the curve of all, and of a cohort or two against it. */
export const SurvivalFigure = ({ retention, numbers }: { retention: Retention; numbers: Numbers }) => {
  const { slug } = numbers
  const { cohorts, chosen, size, onChoose } = useCohorts(retention)
  const shownAs = useShownAsTable('survival')
  const picked = chosen.flatMap((month) => cohorts.find((one) => one.from === month) ?? [])
  const all = retention.all?.curve ?? null
  const lines = [
    ...(all === null ? [] : [lineOf('all', picked.length === 0 ? 'All' : 'All together', all, { tone: 'ink' })]),
    ...picked.flatMap((cohort, i) =>
      cohort.curve === null ? [] : [lineOf(cohort.from, nameCohort(cohort), cohort.curve, LOOKS[i] as (typeof LOOKS)[number])],
    ),
  ].filter((line) => line.end > 0)
  const withoutCurve = picked.filter((cohort) => cohort.curve === null)
  const choices = cohorts.filter((cohort) => cohort.curve !== null || chosen.includes(cohort.from)).toReversed()
  return (
    <FigureCard
      id="survival"
      question="How long do they stay?"
      answer={sayMedian(retention)}
      note={[
        ...withoutCurve.map((cohort) => `${nameCohort(cohort)} has no curve: ${cohort.shares[0]?.reason ?? 'too few.'}`),
        lines.length === 0 ? '' : 'A curve ends, at its ring, where too few are still there and followed; the band is its 95 % interval.',
      ].join(' ')}
      fileName={`${slug}-survival-${retention.from}-${retention.to}`}
      table={tableOf(lines)}
      {...shownAs}
      links={
        <span className="small">
          <Term of="retention-median" label="Definition: median stay">
            Definition
          </Term>
        </span>
      }
    >
      {choices.length === 0 ? null : (
        <MultiSelect
          size="xs"
          className="no-print"
          aria-label={`Beside all: up to two cohorts, by ${size}`}
          placeholder={chosen.length === 0 ? `Beside all, choose a ${size} or two` : ''}
          data={choices.map((cohort) => ({ value: cohort.from, label: nameCohort(cohort) }))}
          value={chosen}
          maxValues={MOST_CHOSEN}
          onChange={(next) => {
            const turned = [...next.filter((one) => !chosen.includes(one)), ...chosen.filter((one) => !next.includes(one))][0]
            if (turned !== undefined) onChoose(turned)
          }}
          style={{ maxWidth: 420, marginBottom: 8 }}
        />
      )}
      {lines.length === 0 ? (
        <NothingToDraw>{retention.all?.median.reason ?? 'Nobody could be followed yet.'}</NothingToDraw>
      ) : (
        <SurvivalChart
          lines={lines}
          axis={retention.begins_with === 'joining' ? 'days after joining' : 'days after first seen'}
          label={`Share still there by day. ${sayMedian(retention)}`}
        />
      )}
    </FigureCard>
  )
}
