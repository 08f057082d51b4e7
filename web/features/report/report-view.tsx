import type { ReactNode } from 'react'
import type { ValueReport } from '../../../shared/contract/value-report.ts'
import { REPORT_HEADINGS } from '../../../shared/report-headings.ts'
import { PaperMargins } from './paper-margins.tsx'
import { ReportBenefits } from './report-benefits.tsx'
import { type Cases, NoteMark } from './report-figure.tsx'
import { ReportGrowth } from './report-growth.tsx'
import { ReportMaking, ReportNotes } from './report-notes.tsx'
import { ReportPays } from './report-pays.tsx'
import { ReportAsk, ReportStories } from './report-stories.tsx'
import { sayRevision, sayStanding } from '../../../shared/say-report.ts'
import './report-fonts.css'
import classes from './report.module.css'

/**
 * The report as it is read, on a page and on paper: it sets what the report says and adds nothing. `cases` where figures lead to what they
 * count; `making` is more to say on how it was made.
 */
export const ReportView = ({ report, cases = null, making }: { report: ValueReport; cases?: Cases; making?: ReactNode }) => {
  const { content } = report
  const isPreview = report.status === 'preview'
  const isOld = report.revision !== null && report.last_revision !== null && report.revision < report.last_revision
  return (
    <article className={classes.report} lang="en" data-is-report>
      <PaperMargins report={report} />
      <header className={classes.opening}>
        <p className={classes.kicker}>
          <b>
            <bdi>{content.community.name}</bdi>
          </b>
          <span>
            Value report, {content.title}
            {sayRevision(report)}
          </span>
        </p>
        {(isPreview || isOld) && <p className={classes.standing}>{sayStanding(report)}</p>}
        <h1 className={classes.headline}>
          {content.opening.headline}
          {content.opening.sentences.length > 0 ? null : <NoteMark mark={content.opening.note} place="opening" />}
        </h1>
        {content.opening.sentences.length > 0 && (
          <p className={classes.lead}>
            {content.opening.sentences.join(' ')}
            <NoteMark mark={content.opening.note} place="opening" />
          </p>
        )}
        {content.ask !== null && (
          <p className={classes.reason}>
            One thing is <a href="#ask">asked of you</a>, at the end.
          </p>
        )}
        {content.caveats.length > 0 && (
          <aside className={classes.caveats} aria-label={REPORT_HEADINGS.caveats}>
            {content.caveats.map((caveat) => (
              <p key={caveat}>{caveat}</p>
            ))}
          </aside>
        )}
      </header>
      <ReportBenefits benefits={content.benefits} cases={cases} />
      <ReportPays pays={content.pays} cases={cases} />
      <ReportGrowth growth={content.growth} isUnfinished={!content.is_month_whole} />
      <ReportStories content={content} withdrawnCount={report.withdrawn_story_count} />
      <ReportAsk ask={content.ask} />
      <ReportNotes content={content} />
      <ReportMaking report={report}>{making}</ReportMaking>
    </article>
  )
}
