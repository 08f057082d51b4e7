import { Link } from '@tanstack/react-router'
import type { Change, Changes } from '../../../shared/contract/changes.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import { nameChange, pageOf } from './change-places.ts'
import { sayDifference, sayJudgement, sayNow, sayUsual } from './change-words.ts'
import classes from './overview.module.css'
import { UsualRange } from './usual-range.tsx'

type RowProps = {
  change: Change
  metric: MetricDescription
  grain: Changes['grain']
  slug: string
  catalogue: MetricDescription[]
  /** Why nothing at all can be told stands over the rows already. */
  isReasonSaid: boolean
}

export const keyOfChange = ({ id, category }: Change): string => (category === null ? id : `${id}:${category}`)

/** One number: what it is, what is usual, what it was before, how unusual that is, and where it leads. */
export const ChangeRow = ({ change, metric, grain, slug, catalogue, isReasonSaid }: RowProps) => {
  const { unit } = metric
  const name = nameChange(change, metric)
  const now = sayNow(change.point, unit)
  const said = [sayUsual(change, unit), sayDifference(change.point, change.before, unit)].filter((part) => part !== null).join('; ')
  const judgement = isReasonSaid && change.once_in === null ? null : sayJudgement(change, grain)
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
        {judgement === null ? null : <p className={change.is_unusual ? `small ${classes.unusual}` : 'small quiet'}>{judgement}</p>}
      </div>
      <div className={classes.changeSide}>
        <UsualRange change={change} label={`${name}: ${now ?? 'no value'}${said === '' ? '' : `, ${said}`}.`} />
        <Link to={page.to} params={{ slug }} hash={page.hash} className="small quiet no-print">
          {page.label}
          <span className="visually-hidden">: {name} over time</span>
        </Link>
      </div>
    </li>
  )
}
