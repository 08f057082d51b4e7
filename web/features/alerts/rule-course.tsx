import { useQuery } from '@tanstack/react-query'
import type { WatchedRule } from '../../../shared/contract/alert.ts'
import { startSentence } from '../../../shared/format.ts'
import { ChartCard } from '../../ui/chart-card.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { useShownAsTable } from '../period/use-period-search.ts'
import { courseQuery } from './alert-queries.ts'
import classes from './alerts.module.css'
import { courseChart, sayCourse, seriesChart } from './draw-course.ts'
import { ReplayCard } from './replay-card.tsx'

type Series = Parameters<typeof seriesChart>[0]

const SeriesFigure = ({ slug, rule, of }: { slug: string; rule: WatchedRule; of: Series }) => {
  const id = `series-${rule.rule}-${of.id.replaceAll(/[^a-z0-9-]/g, '-')}`
  const shownAs = useShownAsTable(id)
  const known = of.weeks.filter(({ value }) => value !== null)
  return (
    <ChartCard
      id={id}
      question={of.title}
      answer={
        known.length === 0 ? 'Nothing is known of it.' : `What “${rule.title.toLowerCase()}” is judged by, ${rule.grain} by ${rule.grain}.`
      }
      chart={seriesChart(of, rule.grain)}
      fileName={`${slug}-${id}`}
      {...shownAs}
    />
  )
}

type Props = {
  slug: string
  rule: WatchedRule
  isManager: boolean
  tried: number | undefined
  onTry: (strictness: number | undefined) => void
}

/** A rule over all of the past: how near its limit it was, what it told, what it is judged by, and what other limits would have told. */
export const RuleCourse = ({ slug, rule, isManager, tried, onTry }: Props) => {
  const { data, error, refetch } = useQuery(courseQuery(slug, rule.rule, null))
  const id = `course-${rule.rule}`
  const shownAs = useShownAsTable(id)
  if (data === undefined)
    return error ? (
      <CardProblem what="The course of this rule" error={error} onRetry={() => void refetch()} />
    ) : (
      <Waiting heights={[320, 240]} />
    )
  return (
    <>
      <ChartCard
        id={id}
        question="How near was it to its limit?"
        answer={sayCourse(data, rule)}
        note={`The line: ${data.statistic.charAt(0).toLowerCase()}${data.statistic.slice(1)}. Shaded: while an alert stood.${data.cannot_judge === null ? '' : ` ${startSentence(data.cannot_judge)}`}`}
        chart={courseChart(data, rule.grain)}
        fileName={`${slug}-${id}`}
        {...shownAs}
      />
      {data.series.length === 0 ? null : (
        <div className={classes.series}>
          {data.series.map((one) => (
            <SeriesFigure key={one.id} slug={slug} rule={rule} of={one} />
          ))}
        </div>
      )}
      {rule.has_limits && data.periods.length > 0 ? (
        <ReplayCard slug={slug} rule={rule} isManager={isManager} tried={tried} onTry={onTry} />
      ) : null}
    </>
  )
}
