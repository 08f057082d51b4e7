import { Link } from '@tanstack/react-router'
import type { Change, Changes } from '../../../shared/contract/changes.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import { nameChange, pageOf } from './change-places.ts'
import { sayDifference, sayJudgement, sayNow, sayUsual } from './change-words.ts'
import classes from './overview.module.css'
import { UsualRange } from './usual-range.tsx'

type RowProps = { change: Change; metric: MetricDescription; grain: Changes['grain']; slug: string; catalogue: MetricDescription[] }

export const keyOfChange = ({ id, category }: Change): string => (category === null ? id : `${id}:${category}`)

/** One number: what it is, what is usual, what it was before, how unusual that is, and where it leads. */
export const ChangeRow = ({ change, metric, grain, slug, catalogue }: RowProps) => {
  const { unit } = metric
  const name = nameChange(change, metric)
  const now = sayNow(change.point, unit)
  const said = [sayUsual(change, unit), sayDifference(change.point, change.before, unit)].filter((part) => part !== null).join('; ')
  const judgement = sayJudgement(change, grain)
  const page = pageOf(metric)
  return (
    <li className={classes.change} data-unusual={change.is_unusual}>
      <div>
        <p>
          <span className="strong">
            <Term of={change.id}>{name}</Term>:{' '}
            <CaseLink slug={slug} of={keyOfChange(change)} period={change.point.period} catalogue={catalogue} what={name}>
              {now ?? 'no value'}
            </CaseLink>
          </span>
          {said === '' ? '' : `, ${said}`}.
        </p>
        <p className="small quiet">
          <span className={change.is_unusual ? classes.unusual : undefined}>{judgement}</span>{' '}
          <Link to={page.to} params={{ slug }} hash={page.hash} className="no-print">
            {page.label}
          </Link>
        </p>
      </div>
      <UsualRange change={change} label={`${name}: ${now ?? 'no value'}${said === '' ? '' : `, ${said}`}.`} />
    </li>
  )
}
