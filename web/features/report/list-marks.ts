import type { ReportContent } from '../../../shared/contract/value-report.ts'

/** Marks are the report's own words: made fit for an id. */
const plain = (text: string): string => encodeURIComponent(text).replaceAll(/[^\w-]/g, '_')

export const noteId = (mark: string): string => `note-${plain(mark)}`
/** Where a mark stands: `place` is the part of the report and the figure in it. */
export const placeId = (mark: string, place: string): string => `mark-${plain(mark)}-${plain(place)}`

/** Where each footnote is referred to from, in reading order: its mark to the ids of the places. */
export const listMarks = ({
  opening,
  benefits,
  pays,
  growth,
}: Pick<ReportContent, 'opening' | 'benefits' | 'pays' | 'growth'>): Map<string, string[]> => {
  const places = new Map<string, string[]>()
  const note = (mark: string | null, place: string) => {
    if (mark !== null) places.set(mark, [...(places.get(mark) ?? []), placeId(mark, place)])
  }
  const noteAll = (figures: readonly { id: string; note: string | null }[], place: string) => {
    for (const figure of figures) note(figure.note, `${place}-${figure.id}`)
  }
  note(opening.note, 'opening')
  for (const benefit of benefits) {
    noteAll(benefit.measured, benefit.id)
    noteAll(benefit.confirmed, `${benefit.id}-confirmed`)
  }
  noteAll([pays.benefited], 'pays')
  noteAll(pays.retention.figures, 'retention')
  noteAll(pays.break_even.figures, 'break-even')
  note(pays.claims.note, 'claims')
  noteAll(growth.rows, 'growth')
  return places
}
