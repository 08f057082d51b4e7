import type { ReportBenefit, ReportFigure } from '../../../shared/contract/value-report.ts'
import { BENEFIT_PARTS, nameMeasured, REPORT_HEADINGS } from '../../../shared/report-headings.ts'
import { type Cases, Figures } from './report-figure.tsx'
import classes from './report.module.css'

/** The days that all of them count over, in words; null where they differ. */
const sharedWhen = (figures: readonly ReportFigure[]): string | null =>
  figures.every(({ when }) => when === figures[0]?.when) ? (figures[0]?.when ?? null) : null

const Benefit = ({ benefit, cases }: { benefit: ReportBenefit; cases: Cases }) => {
  const confirmedWhen = sharedWhen(benefit.confirmed)
  return (
    <section className={classes.benefit} aria-labelledby={`benefit-${benefit.id}`}>
      <h3 className={classes.subtitle} id={`benefit-${benefit.id}`}>
        {benefit.title}
      </h3>
      <p>{benefit.sentence}</p>
      {benefit.measured.length > 0 && (
        <div>
          <h4 className={classes.kind}>
            {nameMeasured(benefit.measured)}
            {benefit.when === null ? null : <span className={classes.when}> {benefit.when}</span>}
          </h4>
          <Figures figures={benefit.measured} place={benefit.id} cases={cases} when={benefit.when} />
        </div>
      )}
      {benefit.confirmed.length > 0 && (
        <div className={classes.confirmed}>
          <h4 className={classes.kind}>
            {BENEFIT_PARTS.confirmed}{' '}
            {confirmedWhen === null || confirmedWhen === benefit.when ? null : <span className={classes.when}>{confirmedWhen}</span>}
          </h4>
          <Figures figures={benefit.confirmed} place={`${benefit.id}-confirmed`} cases={cases} when={confirmedWhen} />
        </div>
      )}
      {benefit.unmeasured.length > 0 && (
        <div className={classes.unmeasured}>
          <h4 className={classes.kind}>{BENEFIT_PARTS.unmeasured}</h4>
          <ul>
            {benefit.unmeasured.map(({ label, reason }) => (
              <li key={label}>
                <b>{label}</b>: {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

/** The four things members get, each with what was measured, what members confirmed and what nobody measured. */
export const ReportBenefits = ({ benefits, cases }: { benefits: readonly ReportBenefit[]; cases: Cases }) => (
  <section className={classes.part} aria-labelledby="benefits">
    <h2 className={classes.title} id="benefits">
      {REPORT_HEADINGS.benefits}
    </h2>
    <div className={classes.benefits}>
      {benefits.map((benefit) => (
        <Benefit key={benefit.id} benefit={benefit} cases={cases} />
      ))}
    </div>
  </section>
)
