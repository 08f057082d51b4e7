import { Link } from '@tanstack/react-router'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { CaseLink } from '../cases/case-link.tsx'
import { formatPeriod, startSentence } from '../../../shared/format.ts'
import classes from './overview.module.css'
import { findChanges } from './find-changes.ts'
import type { ReportView } from '../metric/report-view.ts'

/** What changed from the last finished period to the one before. */
export const ChangeTable = ({ view, catalogue }: { view: ReportView; catalogue: MetricDescription[] }) => {
  const changes = findChanges(view, catalogue)
  if (changes === null || changes.list.length === 0) return null
  return (
    <section className="card stack-tight" aria-labelledby="changes">
      <h2 className="title" id="changes">
        What changed?
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="scroll-x" tabIndex={0} aria-label="What changed, as a table">
        <table className={`data-table ${classes.changes}`}>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col" className="number">
                {startSentence(formatPeriod(changes.period))}
              </th>
              <th scope="col" className="number">
                {startSentence(formatPeriod(changes.before))}
              </th>
              <th scope="col" className="apart">
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.list.map((change) => (
              <tr key={change.key}>
                <td>
                  <Link to="/definitions" search={{ c: view.report.community.slug }} hash={change.key}>
                    {change.label}
                  </Link>
                </td>
                <td className="number" data-label={startSentence(formatPeriod(changes.period))}>
                  <CaseLink
                    slug={view.report.community.slug}
                    of={change.key}
                    period={changes.period}
                    catalogue={catalogue}
                    what={change.label}
                  >
                    {change.now}
                  </CaseLink>
                </td>
                <td className="number" data-label={startSentence(formatPeriod(changes.before))}>
                  <CaseLink
                    slug={view.report.community.slug}
                    of={change.key}
                    period={changes.before}
                    catalogue={catalogue}
                    what={change.label}
                  >
                    {change.before}
                  </CaseLink>
                </td>
                <td className="apart">{change.change}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
