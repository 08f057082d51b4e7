/** What the page of voices says of how few people make most of it, in words with number and days. */
import type { Point } from '../../../shared/contract/metric.ts'
import type { Voices, VoicesCurve, VoicesOf } from '../../../shared/contract/voices.ts'
import { countOf, formatCount, formatPercent, formatShare, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'

type Words = {
  /** As in "six people …" and "the top person …". */
  made: string
  noun: { one: string; many: string }
  /** As in "80 % of …". */
  of: string
  suffix: string
}
export const VOICE_WORDS: Record<VoicesOf, Words> = {
  contributions: { made: 'made', noun: { one: 'contribution', many: 'contributions' }, of: 'contributions', suffix: '' },
  answers: { made: 'gave', noun: { one: 'answer', many: 'answers' }, of: 'answers', suffix: '-of-answers' },
  starts: { made: 'started', noun: { one: 'thread', many: 'threads' }, of: 'threads', suffix: '-of-starts' },
}

export const pointOf = (voices: Voices, measure: string): Point | null =>
  voices.metrics.find(({ id }) => id === `${measure}${VOICE_WORDS[voices.of].suffix}`)?.point ?? null

/** The mark of the curve at half or at 80 %. */
export const markAt = (curve: VoicesCurve, least: number) => curve.marks.find((mark) => mark.least === least) ?? null

/** What the first so many made together: a straight line between two corners, so exact for every person. */
export const amountOfFirst = (steps: readonly { people: number; amount: number }[], people: number): number => {
  const next = steps.findIndex((step) => step.people >= people)
  const to = steps[next]
  if (to === undefined) return steps.at(-1)?.amount ?? 0
  const from = steps[next - 1] ?? { people: 0, amount: 0 }
  return from.amount + ((people - from.people) * (to.amount - from.amount)) / (to.people - from.people)
}

/** "The first 6 of 48 people: 80 % (964 of 1,204 answers)". */
export const sayFirst = (curve: VoicesCurve, people: number, of: VoicesOf): string => {
  const amount = amountOfFirst(curve.steps, people)
  const { noun } = VOICE_WORDS[of]
  const who =
    people === curve.people
      ? `All ${countOf(curve.people, 'person', 'people')}`
      : `The first ${people === 1 ? '' : `${formatCount(people)} `}of ${countOf(curve.people, 'person', 'people')}`
  return `${who}: ${formatPercent(amount / curve.amount, curve.amount)} (${formatCount(amount)} of ${countOf(curve.amount, noun.one, noun.many)})`
}

/** How a number of people differs from that of another time: "two fewer than …"; `than` is those days in words. */
const sayDifference = (now: number, before: number, than: string): string => {
  if (now === before) return `as many as ${than}`
  const more = Math.abs(now - before)
  return `${sayCount(more)} ${now > before ? 'more' : 'fewer'} than ${than}`
}

/** The reason there is no curve. */
export const reasonWithoutCurve = (voices: Voices): string => pointOf(voices, 'absence-factor')?.reason ?? 'Nothing is known of these days.'

/** The share alone, as its number of cases allows; null where there is none. */
export const plainShare = (point: Point | null): string | null => (point === null ? null : formatShare({ ...point, low: null, high: null }))

/**
 * "Six of 48 people gave 80 % of answers from … to …, two fewer than from … to …." Or why it cannot be told. `than` is the time
 * before in words, such as "from 1 March 2024 to 28 February 2025".
 */
export const sayFew = (voices: Voices, days: string, before: VoicesCurve | null, than: string): string => {
  const { curve, of } = voices
  const { made, of: what } = VOICE_WORDS[of]
  const most = curve && markAt(curve, 0.8)
  if (curve === null || most === null) return reasonWithoutCurve(voices)
  const earlier = before && markAt(before, 0.8)
  const who = startSentence(`${sayCount(most.people)} of ${sayCountOf(curve.people, 'person', 'people')}`)
  if (most.people > 1)
    return `${who} ${made} 80 % of ${what} from ${days}${earlier === null ? '' : `, ${sayDifference(most.people, earlier.people, than)}`}.`
  const share = plainShare(pointOf(voices, 'top-share')) ?? 'over 80 %'
  const change =
    earlier === null
      ? ''
      : earlier.people === 1
        ? ', as one person did before'
        : `; it took ${sayCount(earlier.people)} people for 80 % ${than}`
  return `${who} ${made} ${share} of ${what} from ${days}${change}.`
}

/** "From … to … 48 people gave 1,204 answers: two of them gave half, six gave 80 %." */
export const sayMarks = (curve: VoicesCurve, of: VoicesOf, days: string): string => {
  const { made, noun } = VOICE_WORDS[of]
  const [half, most] = [markAt(curve, 0.5), markAt(curve, 0.8)]
  const who = sayCountOf(curve.people, 'person', 'people')
  const all = `From ${days} ${who} ${made} ${countOf(curve.amount, noun.one, noun.many)}`
  if (half === null || most === null) return `${all}.`
  const people = (count: number) => (count === 1 ? 'one of them alone' : `${sayCount(count)} of them`)
  return half.people === most.people
    ? `${all}: ${people(most.people)} ${made} over 80 %.`
    : `${all}: ${people(half.people)} ${made} half, ${sayCount(most.people)} ${made} 80 %.`
}
