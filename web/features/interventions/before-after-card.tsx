import { useIntersection } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { BeforeAfter, ComparedMetric, Intervention } from '../../../shared/contract/intervention.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { formatInterval } from '../../../shared/unit.ts'
import { beforeAfterQuery } from '../../app/queries.ts'
import type { Cell } from '../../ui/csv.ts'
import { FigureCard, type FigureTable, NothingToDraw } from '../../ui/figure-card.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { useShownAsTable } from '../period/use-period-search.ts'
import { BeforeAfterRow } from './before-after-row.tsx'
import classes from './interventions.module.css'
import { sayBeforeAfter, sayChange, sayFrame, saySide } from './say-before-after.ts'

const FINDING_WORDS: Record<ComparedMetric['finding'], string> = {
  more: 'More, and unusual',
  less: 'Less, and unusual',
  not_unusual: 'Nothing unusual',
  cannot_tell: 'Cannot tell',
}

type Context = { slug: string; catalogue: MetricDescription[] | undefined }

const tableOf = (found: BeforeAfter, title: string, { slug, catalogue }: Context): FigureTable => {
  const csv: Cell[][] = [
    [
      'intervention',
      'began_on',
      'measure',
      'before_days',
      'before',
      'before_low',
      'before_high',
      'before_numerator',
      'before_denominator',
      'after_days',
      'after',
      'after_low',
      'after_high',
      'after_numerator',
      'after_denominator',
      'change_kind',
      'change',
      'change_low',
      'change_high',
      'usual_low',
      'usual_high',
      'earlier_dates',
      'earlier_dates_as_large',
      'finding',
      'note',
    ],
  ]
  const rows = found.metrics.map((metric) => {
    const { key, before, after, before_range, after_range, change, usual, placebo, finding, reason } = metric
    csv.push([
      title,
      found.on,
      key,
      before.period,
      before.value,
      before_range?.low ?? before.low,
      before_range?.high ?? before.high,
      before.numerator,
      before.denominator,
      after.period,
      after.value,
      after_range?.low ?? after.low,
      after_range?.high ?? after.high,
      after.numerator,
      after.denominator,
      change?.kind ?? null,
      change?.value ?? null,
      change?.low ?? null,
      change?.high ?? null,
      usual?.low ?? null,
      usual?.high ?? null,
      placebo?.dates ?? null,
      placebo?.as_large ?? null,
      finding,
      reason,
    ])
    const link = (side: 'before' | 'after', range: ComparedMetric['before_range']) => (
      <CaseLink slug={slug} of={key} period={metric[side].period} catalogue={catalogue} what={metric.title}>
        {saySide(metric, metric[side], range) ?? '–'}
      </CaseLink>
    )
    return {
      key,
      cells: [
        metric.title,
        link('before', before_range),
        link('after', after_range),
        sayChange(metric) ?? '–',
        formatInterval(usual?.low ?? null, usual?.high ?? null, metric.unit) ?? '–',
        placebo === null ? '–' : `${placebo.as_large} of ${placebo.dates}`,
        FINDING_WORDS[finding],
      ] as ReactNode[],
    }
  })
  return {
    columns: [
      { label: 'Measure', isNumber: false },
      { label: 'Before', isNumber: true },
      { label: 'After', isNumber: true },
      { label: 'Change', isNumber: false },
      { label: 'Usual range', isNumber: true },
      { label: 'Earlier dates with as large a change', isNumber: true },
      { label: 'Found', isNumber: false },
    ],
    rows,
    csv,
  }
}

type CardProps = Context & { intervention: Intervention; days: number; only: string | undefined; isEager: boolean; onShown: () => void }

/** What became of the numbers after something was tried. Asked for when it comes into sight: each takes the server a moment. */
export const BeforeAfterCard = ({ slug, catalogue, intervention, days, only, isEager, onShown }: CardProps) => {
  const { intervention_id: id, title } = intervention
  const { ref, entry } = useIntersection({ rootMargin: '300px' })
  const [isSeen, setSeen] = useState(isEager)
  if (entry?.isIntersecting && !isSeen) setSeen(true)
  const { data, error, refetch } = useQuery({
    ...beforeAfterQuery(slug, id, days, only === undefined ? undefined : [only]),
    enabled: isSeen,
    placeholderData: keepPreviousData,
  })
  const shownAs = useShownAsTable(`changed-${id}`)
  const isThere = data !== undefined
  useEffect(() => {
    if (isThere) onShown()
  }, [isThere, onShown])
  if (data === undefined)
    return (
      <div ref={ref} className={classes.pending}>
        {error ? <CardProblem what="Before and after" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[240]} />}
      </div>
    )
  if (data.status !== 'compared') return <p className={`card ${classes.nothing}`}>{data.reason}</p>
  return (
    <FigureCard
      id={`changed-${id}`}
      question="What was different after it?"
      answer={sayBeforeAfter(data)}
      note={sayFrame(data)}
      table={tableOf(data, title, { slug, catalogue })}
      fileName={`${slug}-before-and-after-${intervention.on}`}
      {...shownAs}
    >
      {data.metrics.length > 0 ? (
        <>
          <ul className={classes.metrics}>
            {data.metrics.map((metric) => (
              <BeforeAfterRow key={metric.key} metric={metric} slug={slug} catalogue={catalogue} />
            ))}
          </ul>
          {data.metrics.some(({ usual }) => usual !== null) ? (
            <p className={`small quiet ${classes.legend}`}>
              <i className={classes.swatch} /> Nine of ten spans of the same length before it lay within. Lines: 95 % intervals, as widely
              as this community swings.
            </p>
          ) : null}
        </>
      ) : (
        <NothingToDraw>None of these measures can be told here.</NothingToDraw>
      )}
    </FigureCard>
  )
}
