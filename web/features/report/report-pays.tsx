import type { ReportContent } from '../../../shared/contract/value-report.ts'
import { formatSavedHours } from '../../../shared/format.ts'
import { CLAIM_RANGE, OUTLIERS_APART, REPORT_HEADINGS } from '../../../shared/report-headings.ts'
import { type Cases, Figure, Figures, NoteMark } from './report-figure.tsx'
import classes from './report.module.css'

type Pays = ReportContent['pays']

/** What members said they saved: low, central and high, and what stands apart. */
const Claims = ({ claims }: { claims: Pays['claims'] }) => {
  const range = [
    [CLAIM_RANGE.low, claims.low_hours],
    [CLAIM_RANGE.central, claims.central_hours],
    [CLAIM_RANGE.high, claims.high_hours],
  ] as const
  return (
    <>
      <p>
        {claims.sentence}
        <NoteMark mark={claims.note} place="claims" />
      </p>
      {range.every(([, hours]) => hours !== null) && (
        <dl className={classes.range}>
          {range.map(([label, hours]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className={classes.value}>{formatSavedHours(hours as number)}</dd>
            </div>
          ))}
        </dl>
      )}
      {claims.outliers.length > 0 && (
        <>
          <p className={classes.reason}>{OUTLIERS_APART}</p>
          <ul className={classes.list}>
            {claims.outliers.map((outlier) => (
              <li key={outlier}>{outlier}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** Whether membership pays its way: who got something, who stays, and what each answer must save. */
export const ReportPays = ({ pays, cases }: { pays: Pays; cases: Cases }) => (
  <section className={classes.part} aria-labelledby="pays">
    <h2 className={classes.title} id="pays">
      {REPORT_HEADINGS.pays}
    </h2>
    {pays.sentence === '' ? null : <p className={classes.lead}>{pays.sentence}</p>}
    <div className={classes.pays}>
      <section className={classes.block} aria-labelledby="benefited">
        <h3 className={classes.subtitle} id="benefited">
          {REPORT_HEADINGS.benefited}
        </h3>
        <dl className={classes.figures}>
          <Figure figure={pays.benefited} place="pays" cases={cases} />
        </dl>
      </section>
      <section className={classes.block} aria-labelledby="stayed">
        <h3 className={classes.subtitle} id="stayed">
          {REPORT_HEADINGS.stayed}
        </h3>
        <p>{pays.retention.sentence}</p>
        <Figures figures={pays.retention.figures} place="retention" cases={cases} />
        {pays.retention.caveat === '' ? null : <p className={classes.reason}>{pays.retention.caveat}</p>}
      </section>
      <section className={classes.block} aria-labelledby="break-even">
        <h3 className={classes.subtitle} id="break-even">
          {REPORT_HEADINGS.break_even}
        </h3>
        <p>{pays.break_even.sentence}</p>
        <Figures figures={pays.break_even.figures} place="break-even" cases={cases} />
      </section>
      <section className={classes.block} aria-labelledby="claims">
        <h3 className={classes.subtitle} id="claims">
          {REPORT_HEADINGS.claims}
        </h3>
        <Claims claims={pays.claims} />
      </section>
    </div>
  </section>
)
