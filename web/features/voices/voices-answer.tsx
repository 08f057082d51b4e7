import type { Spans } from '../../../shared/contract/span.ts'
import type { Voices, VoicesCurve } from '../../../shared/contract/voices.ts'
import { Term } from '../definitions/term.tsx'
import { type DaySpan, sayDays, spanOfLabel } from './day-spans.ts'
import { markAt, plainShare, pointOf, sayFew, VOICE_WORDS } from './say-voices.ts'
import { pointIn } from './without-top.ts'

/** How few make most of it, what the top person makes alone, and whether it all lies in one person's threads. */
export const VoicesAnswer = ({
  voices,
  before,
  spans,
}: {
  voices: Voices
  before: { span: DaySpan; curve: VoicesCurve } | null
  /** Null while they are not there yet. */
  spans: Spans | null
}) => {
  const { made, suffix } = VOICE_WORDS[voices.of]
  const { curve } = voices
  // one person who makes over 80 % is in the first sentence already
  const isSaid = curve === null || markAt(curve, 0.8)?.people === 1
  const top = isSaid ? null : plainShare(pointOf(voices, 'top-share'))
  // the one who teaches may write little else
  const answers = spans === null ? null : pointIn(spans, 'top-share-of-answers')
  const teacher = voices.of === 'answers' || answers?.value == null ? null : plainShare(answers)
  const house = plainShare(spans === null ? null : pointIn(spans, 'host-share'))
  return (
    <>
      {sayFew(voices, sayDays(spanOfLabel(voices.period)), before?.curve ?? null, `from ${before === null ? '' : sayDays(before.span)}`)}
      {top === null ? null : (
        <>
          {' '}
          The <Term of={`top-share${suffix}`}>top person</Term> alone {made} {top}.
        </>
      )}
      {teacher === null ? null : (
        <>
          {' '}
          One person gave {teacher} of the <Term of="top-share-of-answers">answers</Term>.
        </>
      )}
      {house === null ? null : (
        <>
          {' '}
          Of all contributions {house} lie in <Term of="host-share">threads that one person started</Term>.
        </>
      )}
    </>
  )
}
