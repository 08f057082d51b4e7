import { Link } from '@tanstack/react-router'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { CaseLink } from '../cases/case-link.tsx'
import { findBenefits } from './benefits.ts'
import classes from './overview.module.css'
import type { ReportView } from '../metric/report-view.ts'

/** The four benefits, each with what is measured and what is not. */
export const BenefitList = ({ view, catalogue }: { view: ReportView; catalogue: MetricDescription[] | undefined }) => (
  <section className="stack-tight" aria-labelledby="benefits">
    <h2 className="title" id="benefits">
      What do members get?
    </h2>
    <div className={classes.benefits}>
      {findBenefits(view).map((benefit) => (
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
                    <Link to="/definitions" search={{ c: view.report.community.slug }} hash={line.key}>
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
                    <>
                      <span className={classes.benefitValue}>
                        <CaseLink slug={view.report.community.slug} of={line.key} period={line.at} catalogue={catalogue} what={line.label}>
                          {line.value}
                        </CaseLink>
                      </span>{' '}
                      <span className="small quiet">{line.period}</span>
                    </>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </section>
)
