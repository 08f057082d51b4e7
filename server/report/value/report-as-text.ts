import { BENEFIT_PARTS, REPORT_HEADINGS } from '../../../shared/report-headings.ts'
import type { ReportContent, ReportFigure } from '../../../shared/contract/value-report.ts'

/** The content as plain text, line by line in the order in which it is read: for tests, and for reading it in a terminal. */
export const reportAsText = (report: ReportContent): string => {
  const mark = (note: string | null) => (note === null ? '' : ` [${note}]`)
  const figure = ({ label, value, reason, when, note }: ReportFigure, under: string | null = null) =>
    `  ${label}: ${value ?? reason}${mark(note)}${value === null || when === null || when === under ? '' : ` (${when})`}`
  const part = (title: string, lines: string[]) => (lines.length === 0 ? [] : [` ${title}`, ...lines])
  const { opening, pays, growth } = report
  return [
    `${report.community.name}: ${report.title}`,
    '',
    `${opening.headline}${opening.sentences.length === 0 ? mark(opening.note) : ''}`,
    ...opening.sentences.map((sentence, i) => `${sentence}${i === opening.sentences.length - 1 ? mark(opening.note) : ''}`),
    ...part(
      REPORT_HEADINGS.caveats,
      report.caveats.map((caveat) => `  ${caveat}`),
    ),
    '',
    ...report.benefits.flatMap(({ title, when, sentence, measured, confirmed, unmeasured }) => [
      `${title}${when === null ? '' : ` (${when})`}`,
      ` ${sentence}`,
      ...part(
        BENEFIT_PARTS.measured,
        measured.map((one) => figure(one, when)),
      ),
      ...part(
        BENEFIT_PARTS.confirmed,
        confirmed.map((one) => figure(one, when)),
      ),
      ...part(
        BENEFIT_PARTS.unmeasured,
        unmeasured.map(({ label, reason }) => `  ${label}: ${reason}`),
      ),
    ]),
    '',
    REPORT_HEADINGS.pays,
    ` ${pays.sentence}`,
    figure(pays.benefited),
    ` ${pays.retention.sentence}`,
    ...pays.retention.figures.map((one) => figure(one)),
    ...(pays.retention.caveat === '' ? [] : [` ${pays.retention.caveat}`]),
    ` ${pays.break_even.sentence}`,
    ...pays.break_even.figures.map((one) => figure(one)),
    ` ${pays.claims.sentence}${mark(pays.claims.note)}`,
    ...pays.claims.outliers.map((outlier) => `  ${outlier}`),
    '',
    REPORT_HEADINGS.growth,
    ` ${growth.sentence}`,
    `  | ${growth.columns.join(' | ')}`,
    ...growth.rows.map(
      ({ label, cells, note }) => `  ${label}${mark(note)} | ${cells.map(({ value, reason }) => value ?? reason).join(' | ')}`,
    ),
    '',
    REPORT_HEADINGS.stories,
    ...report.stories.map(({ text, by, on }) => ` “${text}” ${by}, ${on}`),
    ...(report.stories_note === null ? [] : [` ${report.stories_note}`]),
    ...(report.ask === null ? [] : ['', REPORT_HEADINGS.ask, ` ${report.ask.text}${report.ask.by === null ? '' : ` (${report.ask.by})`}`]),
    '',
    ...report.footnotes.map(({ mark: number, text }) => `[${number}] ${text}`),
    '',
  ].join('\n')
}
