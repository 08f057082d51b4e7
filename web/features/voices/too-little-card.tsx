import type { Voices } from '../../../shared/contract/voices.ts'
import { formatPeriod, startSentence } from '../../../shared/format.ts'
import { formatMeasured, type Unit } from '../../../shared/unit.ts'
import { CaseLink } from '../cases/case-link.tsx'
import type { CardSpec } from '../metric/card-spec.ts'
import type { ReportView } from '../metric/report-view.ts'
import type { Numbers } from '../period/use-numbers.ts'
import { sayDays, spanOfLabel } from './day-spans.ts'
import { pointOf, VOICE_WORDS } from './say-voices.ts'

const MEASURES: { measure: string; title: string; unit: Unit }[] = [
  { measure: 'top-share', title: 'The top person’s share', unit: 'share' },
  { measure: 'effective-voices', title: 'As many as this, equally often', unit: 'voices' },
  { measure: 'absence-factor', title: 'People behind half', unit: 'people' },
]

/** Whether any period of a chart has a value to draw. */
export const canBeDrawn = (spec: CardSpec, view: ReportView): boolean =>
  spec.series.some(({ key }) => view.series(key)?.points.some((point) => point.value !== null))

/** In place of charts over time of which no period holds enough: why, and what all periods together say. */
export const TooLittleCard = ({ numbers: { slug, view, range, catalogue }, voices }: { numbers: Numbers; voices: Voices }) => {
  const { suffix, of } = VOICE_WORDS[voices.of]
  const why = view.series('top-share')?.points.findLast((point) => point.reason !== null && point.status !== 'not_applicable')
  const found = MEASURES.flatMap(({ measure, title, unit }) => {
    const point = pointOf(voices, measure)
    const text = point === null ? null : formatMeasured(point, unit)
    return text === null ? [] : [{ measure, title, text }]
  })
  return (
    <section className="card stack-tight" id="over-time">
      <h2 className="title">No {range.grain} holds enough to draw how the voices changed</h2>
      {why === undefined ? null : (
        <p className="measure">
          {startSentence(formatPeriod(why.period))}: {why.reason}
        </p>
      )}
      {found.length === 0 ? null : (
        <>
          <p className="measure">
            All {of} from {sayDays(spanOfLabel(voices.period))} together:
          </p>
          <table className="data-table" style={{ maxWidth: '66ch' }}>
            <tbody>
              {found.map(({ measure, title, text }) => (
                <tr key={measure}>
                  <th scope="row" style={{ whiteSpace: 'normal' }}>
                    {title}
                  </th>
                  <td className="number">
                    <CaseLink slug={slug} of={`${measure}${suffix}`} period={voices.period} catalogue={catalogue} what={title}>
                      {text}
                    </CaseLink>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}
