import { useQuery } from '@tanstack/react-query'
import type { Change, Changes } from '../../../shared/contract/changes.ts'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { formatDecimal, formatPeriod, sayCountOf, startSentence } from '../../../shared/format.ts'
import { catalogueQuery } from '../../app/queries.ts'
import type { Cell } from '../../ui/csv.ts'
import { FigureCard, type FigureTable, NothingToDraw } from '../../ui/figure-card.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { useShownAsTable } from '../period/use-period-search.ts'
import { nameChange } from './change-places.ts'
import { ChangeRow, keyOfChange } from './change-row.tsx'
import { namePeriodBefore, sayChanges, sayNow, sayRarity, sayUsual } from './change-words.ts'
import { type ChangeGrain, changesQuery } from './changes-query.ts'
import classes from './overview.module.css'
import { UsualKey } from './usual-range.tsx'

/** Rows in the first screen of a desk; where nothing is unusual the largest three are enough. */
const MOST_ROWS = 4
const QUIET_ROWS = 3

type Told = { change: Change; metric: MetricDescription }

const tableOf = (changes: Changes, told: Told[], slug: string, catalogue: MetricDescription[]): FigureTable => {
  const { period, before, year_before, grain } = changes
  const head = [
    startSentence(formatPeriod(period ?? '')),
    'Usually',
    startSentence(formatPeriod(before ?? '')),
    ...(year_before === null ? [] : [startSentence(formatPeriod(year_before))]),
  ]
  const columns = [
    { label: 'Number', isNumber: false },
    ...head.map((label) => ({ label, isNumber: true })),
    { label: 'How rare', isNumber: false },
  ]
  const rows = told.map(({ change, metric }) => {
    const name = nameChange(change, metric)
    const key = keyOfChange(change)
    const cell = (point: Change['before']) =>
      point === null ? (
        'no data'
      ) : (
        <CaseLink slug={slug} of={key} period={point.period} catalogue={catalogue} what={name}>
          {sayNow(point, metric.unit) ?? 'no value'}
        </CaseLink>
      )
    return {
      key,
      cells: [
        name,
        cell(change.point),
        sayUsual(change, metric.unit)?.replace('usually ', '') ?? '–',
        cell(change.before),
        ...(year_before === null ? [] : [cell(change.year_before)]),
        <span key="rare" className={classes.rare}>
          {change.once_in === null ? change.cannot_tell : startSentence(sayRarity(change.once_in, grain))}
        </span>,
      ],
    }
  })
  const csv: Cell[][] = [
    [
      'metric',
      'category',
      'period',
      'value',
      'numerator',
      'denominator',
      'usual_low',
      'usual_high',
      'usual_of',
      'before',
      'year_before',
      'once_in_periods',
      'is_unusual',
      'note',
    ],
    ...told.map(({ change }): Cell[] => [
      change.id,
      change.category,
      change.point.period,
      change.point.value,
      change.point.numerator,
      change.point.denominator,
      change.usual?.low ?? null,
      change.usual?.high ?? null,
      change.usual?.of ?? null,
      change.before?.value ?? null,
      change.year_before?.value ?? null,
      change.once_in === null ? null : Number(formatDecimal(change.once_in, 1).replaceAll(',', '')),
      String(change.is_unusual),
      change.cannot_tell,
    ]),
  ]
  return { columns, rows, csv }
}

const GRAIN_WORDS: Record<ChangeGrain, string> = { month: 'By month', week: 'By week' }

/** What changed in the last finished period, the most surprising first. */
export const ChangesCard = ({
  community: { slug },
  grain,
  onGrain,
}: {
  community: CommunitySummary
  grain: ChangeGrain | undefined
  onGrain: (grain: ChangeGrain) => void
}) => {
  const { data: changes, error, refetch } = useQuery(changesQuery(slug, grain))
  const { data: catalogue } = useQuery(catalogueQuery)
  const shownAs = useShownAsTable('changes')
  if (changes === undefined || catalogue === undefined)
    return error ? <CardProblem what="What changed" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[420]} />
  const told = changes.changes.flatMap((change): Told[] => {
    const metric = catalogue.find((one) => one.id === change.id)
    return metric === undefined ? [] : [{ change, metric }]
  })
  const unusual = told.filter(({ change }) => change.is_unusual).length
  const shown = told.filter(({ change, metric }) => sayNow(change.point, metric.unit) !== null)
  const rows = shown.slice(0, Math.max(QUIET_ROWS, Math.min(MOST_ROWS, changes.looked_at === 0 ? MOST_ROWS : unusual)))
  const other: ChangeGrain = changes.grain === 'month' ? 'week' : 'month'
  return (
    <FigureCard
      id="changes"
      question="What changed?"
      answer={sayChanges(changes)}
      table={tableOf(changes, told, slug, catalogue)}
      fileName={`${slug}-changes-${changes.period ?? changes.grain}`}
      {...shownAs}
      links={
        <button type="button" className="plain-button" onClick={() => onGrain(other)} aria-label={`${GRAIN_WORDS[other]}: What changed?`}>
          {GRAIN_WORDS[other]}
        </button>
      }
    >
      {rows.length === 0 ? (
        <NothingToDraw>{changes.cannot_tell ?? 'There is nothing to compare yet.'}</NothingToDraw>
      ) : (
        <>
          <ol className={classes.changeRows}>
            {rows.map(({ change, metric }) => (
              <ChangeRow
                key={keyOfChange(change)}
                change={change}
                metric={metric}
                grain={changes.grain}
                slug={slug}
                catalogue={catalogue}
                isReasonSaid={changes.cannot_tell !== null}
              />
            ))}
          </ol>
          {changes.before === null || changes.looked_at === 0 ? null : (
            <UsualKey
              before={namePeriodBefore(changes.before)}
              yearBefore={
                changes.year_before === null ? null : changes.grain === 'month' ? formatPeriod(changes.year_before) : 'a year before'
              }
            />
          )}
          {told.length <= rows.length ? null : (
            <button type="button" className={`plain-button no-print ${classes.all}`} onClick={shownAs.onToggleTable}>
              {shownAs.isTable ? 'Fewer' : `All ${sayCountOf(told.length, 'number')}`}
            </button>
          )}
        </>
      )}
    </FigureCard>
  )
}
