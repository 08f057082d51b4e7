import type { ReactNode } from 'react'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import type { ReportFigure } from '../../../shared/contract/value-report.ts'
import { CaseLink } from '../cases/case-link.tsx'
import { noteId, placeId } from './list-marks.ts'
import classes from './report.module.css'

/** Where figures open their cases: for people who are signed in. Null on pages that anybody may read, and on paper. */
export type Cases = { slug: string; catalogue: MetricDescription[] | undefined } | null

/** The raised mark of a footnote, which leads to it. */
export const NoteMark = ({ mark, place }: { mark: string | null; place: string }) =>
  mark === null ? null : (
    <sup className={classes.mark}>
      <a href={`#${noteId(mark)}`} id={placeId(mark, place)} aria-label={`Note ${mark}`}>
        {mark}
      </a>
    </sup>
  )

const ValueOf = ({ figure, cases }: { figure: ReportFigure; cases: Cases }): ReactNode =>
  cases === null || figure.metric === null ? (
    figure.value
  ) : (
    <CaseLink slug={cases.slug} of={figure.metric} period={figure.period} catalogue={cases.catalogue} what={`${figure.label},`}>
      {figure.value}
    </CaseLink>
  )

/** One number beside its name, or why there is none. `place` is the part of the report it stands in; its days may be said above it. */
export const Figure = ({
  figure,
  place,
  cases,
  isWhenSaid = false,
}: {
  figure: ReportFigure
  place: string
  cases: Cases
  isWhenSaid?: boolean
}) => (
  <div className={classes.figure}>
    <dt>
      {figure.label}
      {figure.when === null || isWhenSaid ? null : <span className={classes.reason}> {figure.when}</span>}
    </dt>
    <dd>
      {figure.value === null ? (
        <span className={classes.reason}>{figure.reason ?? 'Not measured.'}</span>
      ) : (
        <span className={classes.value}>
          <ValueOf figure={figure} cases={cases} />
        </span>
      )}
      <NoteMark mark={figure.note} place={`${place}-${figure.id}`} />
    </dd>
  </div>
)

/** Numbers one under the other. */
export const Figures = ({
  figures,
  place,
  cases,
  when = null,
}: {
  figures: readonly ReportFigure[]
  place: string
  cases: Cases
  /** The days in words that stand above already. */
  when?: string | null
}) =>
  figures.length === 0 ? null : (
    <dl className={classes.figures}>
      {figures.map((figure) => (
        <Figure key={figure.id} figure={figure} place={place} cases={cases} isWhenSaid={figure.when === when} />
      ))}
    </dl>
  )
