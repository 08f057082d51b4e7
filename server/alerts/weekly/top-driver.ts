import type { AlertContent } from '../../../shared/contract/alert.ts'
import { formatCount, sayCountOf } from '../../../shared/format.ts'
import { type DriverPart, sayPart } from './channel-driver.ts'
import type { Part } from './share-series.ts'

/** Half an answer is added on either side, so that none has a place. */
const HALF = 0.5
/** One of two always explains half; it is named where it is plainly the larger (our judgement). */
const PLAIN_PART = 0.6

/**
 * Whether one person gives more, or the others give less. The odds of the top person are the one by the other, so their logarithms add
 * up: what explains plainly more than half of the rise of the odds is named.
 */
export const driveTop = ({ now, before }: { now: Part; before: Part }): AlertContent['driver'] => {
  if (now.heard === 0 || before.heard === 0) return null
  const scale = now.heard / before.heard
  const usual = { top: before.cases * scale, others: (before.of - before.cases) * scale }
  const others = now.of - now.cases
  const more = Math.log((now.cases + HALF) / (usual.top + HALF))
  const less = Math.log((usual.others + HALF) / (others + HALF))
  const whole = more + less
  if (whole <= 0) return null
  const say = (count: number) => formatCount(Math.round(count))
  const topWords = `whoever answers most gave ${formatCount(now.cases)}, where about ${say(usual.top)} would be usual`
  const othersWords = `${sayCountOf(others, 'answer')} came from everybody else, where about ${say(usual.others)} would be usual`
  const parts: DriverPart[] = [
    {
      of: 'Answers',
      label: 'The others answer less',
      share: sayPart(less / whole),
      part: less / whole,
      isNamed: less / whole >= PLAIN_PART,
      sentence: `It is rather that the others answer less: ${othersWords}; ${topWords}.`,
    },
    {
      of: 'Answers',
      label: 'The top person answers more',
      share: sayPart(more / whole),
      part: more / whole,
      isNamed: more / whole >= PLAIN_PART,
      sentence: `It is rather that one person answers more: ${topWords}; ${othersWords}.`,
    },
  ]
  const both = `It is both, that one person answers more and that the others answer less: ${topWords}; ${othersWords}.`
  return {
    is_found: parts.some(({ isNamed }) => isNamed),
    sentence: parts.find(({ isNamed }) => isNamed)?.sentence ?? both,
    parts: parts
      .filter(({ part }) => part > 0)
      .sort((a, b) => b.part - a.part)
      .map(({ of, label, share }) => ({ of, label, share })),
  }
}
