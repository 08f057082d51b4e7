import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { formatPeriod, sayCountOf } from '../../../shared/format.ts'
import { daysBetween, spanLabel } from '../../../shared/period.ts'
import { spansQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { BENEFIT_METRICS, findBenefits } from './benefits.ts'
import classes from './overview.module.css'

type BenefitProps = {
  slug: string
  /** The days they are told over, both in it. */
  first: string
  last: string
  catalogue: MetricDescription[] | undefined
}

/** The four benefits over a span of days, each with what is measured and what is not. */
export const BenefitList = ({ slug, first, last, catalogue }: BenefitProps) => {
  const period = spanLabel(first, last)
  const { data, error, refetch } = useQuery(spansQuery(slug, [period], BENEFIT_METRICS))
  const span = data?.spans[0]
  return (
    <section className="stack-tight" aria-labelledby="benefits">
      <h2 className="title" id="benefits">
        What do members get?
      </h2>
      <p className="quiet">
        Over the {sayCountOf(daysBetween(first, last) + 1, 'day')} that the verdict rests on, {formatPeriod(period)}.
      </p>
      {data === undefined ? (
        error ? (
          <CardProblem what="What members get" error={error} onRetry={() => void refetch()} />
        ) : (
          <Waiting heights={[320]} />
        )
      ) : span === undefined ? (
        <p>No events have come yet, so nothing shows it.</p>
      ) : (
        <div className={classes.benefits}>
          {findBenefits(span).map((benefit) => (
            <section key={benefit.id} className="card stack-tight" aria-labelledby={`benefit-${benefit.id}`}>
              <div>
                <h3 className={classes.benefitTitle} id={`benefit-${benefit.id}`}>
                  {benefit.title}
                </h3>
                <p className="small quiet">{benefit.meaning}</p>
              </div>
              <dl className={classes.benefitLines}>
                {benefit.lines.map((line) => (
                  <div key={line.key} className={line.value === null ? classes.unmeasured : undefined}>
                    <dt>
                      {line.value === null ? (
                        line.label
                      ) : (
                        <Link to="/definitions" search={{ c: slug }} hash={line.key}>
                          {line.label}
                        </Link>
                      )}
                    </dt>
                    <dd>
                      {line.value === null ? (
                        <>
                          <span className={classes.notMeasured}>not measured</span> <span className="small quiet">{line.reason}</span>
                        </>
                      ) : (
                        <span className={classes.benefitValue}>
                          <CaseLink slug={slug} of={line.key} period={period} catalogue={catalogue} what={line.label}>
                            {line.value}
                          </CaseLink>
                        </span>
                      )}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      )}
    </section>
  )
}
