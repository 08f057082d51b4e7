import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import { historyQuery } from '../../app/queries.ts'
import { downloadCsv } from '../../ui/csv.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { listTables, toggleTable } from '../period/period-search.ts'
import { OwnThresholds } from './own-thresholds.tsx'
import { buildTimeline, csvOfTimeline, HISTORY_COLUMNS, rowOfMonth, sayChanges, type Timeline } from './timeline-rows.ts'
import classes from './timeline.module.css'
import { TimelineKey, VerdictTimeline } from './verdict-timeline.tsx'

const route = getRouteApi('/shell/c/$slug')
const ID = 'verdict-history'
/** More changes than this are left to the drawing and the table. */
const MOST_CHANGES = 8

const HistoryTable = ({ timeline, chosen }: { timeline: Timeline; chosen: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
  <section className={classes.table} tabIndex={0} aria-label="The verdict of each month, as a table">
    <table className="data-table">
      <thead>
        <tr>
          {HISTORY_COLUMNS.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {timeline.months.toReversed().map((month, i) => {
          const [when, ...cells] = rowOfMonth(month)
          return (
            <tr key={month.period} aria-current={month.period === chosen ? 'true' : undefined}>
              <th scope="row">
                {month.evaluation === null ? (
                  when
                ) : (
                  <Link
                    from="/c/$slug"
                    to="/c/$slug"
                    search={(search) => ({ ...search, at: i === 0 ? undefined : month.period })}
                    resetScroll={false}
                  >
                    {when}
                  </Link>
                )}
              </th>
              {cells.map((cell, column) => (
                <td key={HISTORY_COLUMNS[column + 1]}>{cell}</td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  </section>
)

/** What it was, month by month, over its whole history, by one version of the rules. */
export const HistoryCard = ({ slug, chosen }: { slug: string; chosen: string | null }) => {
  const { tables } = route.useSearch()
  const navigate = route.useNavigate()
  const history = useQuery(historyQuery(slug))
  const timeline = useMemo(() => buildTimeline(history.data?.verdicts ?? []), [history.data])
  if (history.data === undefined)
    return history.error ? (
      <CardProblem what="The history of the verdict" error={history.error} onRetry={() => void history.refetch()} />
    ) : (
      <Waiting heights={[280]} />
    )
  const { rules_version, own_thresholds } = history.data
  const latest = timeline.months.at(-1)?.period
  if (latest === undefined) return null
  const isTable = listTables(tables).includes(ID)
  const changes = sayChanges(timeline)
  return (
    <section className="card stack-tight" aria-labelledby={ID}>
      <h2 className="title" id={ID}>
        What was it, month by month?
      </h2>
      <p className="measure">
        {changes.length === 0
          ? `No verdict stands yet after ${sayCountOf(timeline.months.length, 'month')}.`
          : changes.length > MOST_CHANGES
            ? `What stands has changed ${sayCountOf(changes.length - 1, 'time')} in ${sayCountOf(timeline.months.length, 'month')}; last: ${changes.at(-1)}.`
            : `${startSentence(joinWords(changes))}.`}
      </p>
      {isTable ? (
        <HistoryTable timeline={timeline} chosen={chosen ?? latest} />
      ) : (
        <>
          <TimelineKey />
          <VerdictTimeline timeline={timeline} chosen={chosen ?? latest} />
        </>
      )}
      <p className="small quiet measure">
        A month counts what lies before its end; the last one may not be over. All of it is judged by one version of the rules,{' '}
        {rules_version}, so months can be compared. <OwnThresholds slug={slug} own={own_thresholds} />
      </p>
      <div className="row no-print">
        <button
          type="button"
          className="plain-button"
          aria-label={`${isTable ? 'Chart' : 'Table'}: What was it, month by month?`}
          onClick={() =>
            void navigate({ search: (now) => ({ ...now, tables: toggleTable(now.tables, ID) }), resetScroll: false, replace: true })
          }
        >
          {isTable ? 'Chart' : 'Table'}
        </button>
        <button
          type="button"
          className="plain-button"
          aria-label="CSV: What was it, month by month?"
          onClick={() => downloadCsv(`${slug}-verdicts.csv`, csvOfTimeline(timeline))}
        >
          CSV
        </button>
        {chosen === null ? null : (
          <Link from="/c/$slug" to="/c/$slug" search={(now) => ({ ...now, at: undefined })} resetScroll={false} className="small">
            Back to the latest verdict
          </Link>
        )}
      </div>
    </section>
  )
}
