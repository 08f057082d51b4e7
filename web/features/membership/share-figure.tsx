import { useQuery } from '@tanstack/react-query'
import type { Point } from '../../../shared/contract/metric.ts'
import { formatPeriod, formatShare } from '../../../shared/format.ts'
import { spansQuery } from '../../app/queries.ts'
import { FigureCard, type FigureTable, NothingToDraw } from '../../ui/figure-card.tsx'
import type { Tone } from '../../ui/palette.ts'
import { type ShareRow, ShareRows } from '../../ui/share-rows.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import { rangeBefore } from '../period/resolve-range.ts'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import { spanOf } from './say-staying.ts'

export type ShareSpec = { metric: string; label: string; tone: Tone }
export type ToldShare = ShareSpec & { point: Point; before: Point | null }

type Props = {
  id: string
  question: string
  answer: (told: ToldShare[], when: string) => string
  note?: string | undefined
  told: ToldShare[]
  when: string
  numbers: Numbers
}

const hasShare = (point: Point | null): point is Point => point !== null && (point.value !== null || (point.denominator ?? 0) > 0)
const textOf = (point: Point): string => (hasShare(point) ? formatShare(point) : null) ?? 'no value'

const tableOf = (told: ToldShare[]): FigureTable => ({
  columns: [
    { label: 'Measure', isNumber: false },
    { label: 'Period', isNumber: false },
    { label: 'Share', isNumber: true },
    { label: 'Of', isNumber: true },
  ],
  rows: told.flatMap(({ metric, label, point, before }) =>
    [point, ...(before === null ? [] : [before])].map((one) => ({
      key: `${metric} ${one.period}`,
      cells: [label, formatPeriod(one.period), textOf(one), one.denominator ?? '–'],
    })),
  ),
  csv: [
    ['metric', 'period', 'share', 'low', 'high', 'numerator', 'denominator', 'status', 'reason'],
    ...told.flatMap(({ metric, point, before }) =>
      [point, ...(before === null ? [] : [before])].map((one) => [
        metric,
        one.period,
        one.value,
        one.low,
        one.high,
        one.numerator,
        one.denominator,
        one.status,
        one.reason,
      ]),
    ),
  ],
})

/** A few shares beside each other, each with its interval, its cases and, where the page compares, what it was before. */
export const ShareFigure = ({ id, question, answer, note, told, when, numbers }: Props) => {
  const { slug, catalogue } = numbers
  const shownAs = useShownAsTable(id)
  const rowOf = ({ metric, label, tone }: ShareSpec, point: Point, isQuiet: boolean): ShareRow => ({
    key: `${metric} ${point.period}`,
    label: isQuiet ? formatPeriod(point.period) : <Term of={metric}>{label}</Term>,
    share: point.value,
    low: point.low,
    high: point.high,
    tone,
    isQuiet,
    text: hasShare(point) ? (
      <CaseLink slug={slug} of={metric} period={point.period} catalogue={catalogue} what={label}>
        {textOf(point)}
      </CaseLink>
    ) : (
      'no value'
    ),
    remark: isQuiet && point.value !== null ? null : point.reason,
  })
  const isDrawn = told.some(({ point, before }) => hasShare(point) || hasShare(before))
  const isUntold = told.length > 0 && told.every(({ point }) => point.status === 'not_available')
  return (
    <FigureCard
      id={id}
      question={question}
      answer={isUntold ? 'This cannot be told of this community.' : answer(told, when)}
      note={isDrawn ? note : undefined}
      fileName={`${slug}-${id}-${when}`}
      table={tableOf(told)}
      {...shownAs}
    >
      {!isDrawn ? (
        <NothingToDraw>
          {told.map(({ point }) => point.reason).find((reason) => reason !== null) ?? 'Nothing was found in these periods.'}
        </NothingToDraw>
      ) : (
        <ShareRows
          rows={told.flatMap((one) => [rowOf(one, one.point, false), ...(one.before === null ? [] : [rowOf(one, one.before, true)])])}
        />
      )}
    </FigureCard>
  )
}

/** The measures over all the days on the page, taken as one: months alone hold too few newcomers. */
export const useToldShares = (numbers: Numbers, specs: ShareSpec[]) => {
  const { slug, range, comparison } = numbers
  const spans = [spanOf(range), ...(comparison === undefined ? [] : [spanOf(rangeBefore(range, comparison))])]
  const found = useQuery(
    spansQuery(
      slug,
      spans,
      specs.map((spec) => spec.metric),
    ),
  )
  const at = (place: number, metric: string) => found.data?.spans[place]?.metrics.find((one) => one.id === metric)?.point ?? null
  return {
    error: found.error,
    retry: () => void found.refetch(),
    isWaiting: found.data === undefined,
    when: spans[0] as string,
    told: specs.flatMap((spec): ToldShare[] => {
      const point = at(0, spec.metric)
      return point === null ? [] : [{ ...spec, point, before: at(1, spec.metric) }]
    }),
  }
}
