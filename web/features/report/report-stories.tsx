import type { ReportContent } from '../../../shared/contract/value-report.ts'
import { formatDay } from '../../../shared/format.ts'
import { NOTHING_ASKED, REPORT_HEADINGS } from '../../../shared/report-headings.ts'
import { sayWithdrawn } from '../../../shared/say-report.ts'
import classes from './report.module.css'

/** What members told, in their words. Each is set apart, so that whichever way it is written it turns nothing else round. */
export const ReportStories = ({ content, withdrawnCount }: { content: ReportContent; withdrawnCount: number }) => (
  <section className={classes.part} aria-labelledby="stories">
    <h2 className={classes.title} id="stories">
      {REPORT_HEADINGS.stories}
    </h2>
    {content.stories.map((story) => (
      <figure key={story.key} className={classes.story}>
        <blockquote dir="auto">{story.text}</blockquote>
        <figcaption className={classes.reason}>
          <bdi>{story.by}</bdi>, {formatDay(story.on)}
          {story.is_shortened ? ' (shortened)' : ''}
        </figcaption>
      </figure>
    ))}
    {content.stories_note === null ? null : <p className={classes.reason}>{content.stories_note}</p>}
    {withdrawnCount > 0 && <p className={classes.reason}>{sayWithdrawn(withdrawnCount)}</p>}
  </section>
)

/** What is asked of the sponsor: the one part that wants something done. */
export const ReportAsk = ({ ask }: { ask: ReportContent['ask'] }) => (
  <section className={ask === null ? classes.part : classes.ask} aria-labelledby="ask">
    <h2 className={classes.title} id="ask">
      {REPORT_HEADINGS.ask}
    </h2>
    {ask === null ? (
      <p>{NOTHING_ASKED}</p>
    ) : (
      <>
        <div className={classes.askText} dir="auto">
          {ask.text}
        </div>
        {ask.by === null ? null : (
          <p className={classes.reason}>
            <bdi>{ask.by}</bdi>
          </p>
        )}
      </>
    )}
  </section>
)
