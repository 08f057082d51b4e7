import type { ReactNode } from 'react'
import type { ValueReport } from '../../../shared/contract/value-report.ts'
import { formatInstant, startSentence } from '../../../shared/format.ts'
import { REPORT_HEADINGS } from '../../../shared/report-headings.ts'
import { sayMade, saySources } from '../../../shared/say-report.ts'
import { listMarks, noteId } from './list-marks.ts'

import classes from './report.module.css'

/** The footnotes, each with the way back to where it is referred to. */
export const ReportNotes = ({ content }: { content: ValueReport['content'] }) => {
  const places = listMarks(content)
  if (content.footnotes.length === 0) return null
  return (
    <section className={classes.notes} aria-labelledby="notes">
      <h2 className={classes.subtitle} id="notes">
        {REPORT_HEADINGS.notes}
      </h2>
      <ol className={classes.noteList}>
        {content.footnotes.map(({ mark, text }) => (
          <li key={mark} id={noteId(mark)} tabIndex={-1}>
            <span className={classes.noteMark}>{mark}</span>
            <span>
              {text}
              {(places.get(mark) ?? []).map((id, i) => (
                <a key={id} href={`#${id}`} className={`${classes.back} no-print`} aria-label={`Back to mark ${mark}, place ${i + 1}`}>
                  ↩
                </a>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What the report rests on, and what has been corrected in it. */
export const ReportMaking = ({ report, children }: { report: ValueReport; children?: ReactNode }) => {
  const { content, corrections } = report
  const zone = content.community.time_zone
  return (
    <section className={classes.notes} aria-labelledby="making">
      <h2 className={classes.subtitle} id="making">
        {REPORT_HEADINGS.making}
      </h2>
      <p>
        {sayMade(report)} {saySources(report)} {children}
      </p>
      {corrections.length > 0 && (
        <>
          <h3 className={classes.kind}>Corrections</h3>
          <ul className={classes.list}>
            {corrections.map((one) => (
              <li key={one.revision}>
                <b>Revision {one.revision}</b>, {formatInstant(one.made_at, zone)}: <bdi>{startSentence(one.reason)}</bdi>
                {one.changes.length > 0 && (
                  <ul>
                    {one.changes.map((change) => (
                      <li key={change}>{change}</li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
