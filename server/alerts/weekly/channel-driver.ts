/** Which channel carries a rise of what stays without an answer, and whether it is that one person stopped answering. Pure. */
import type { AlertContent } from '../../../shared/contract/alert.ts'
import { formatCount, formatPercent } from '../../../shared/format.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import { changeOfAngle, changeOfShare, type Share, shareOf, sumOf } from './change-of-share.ts'

/** What was asked in a channel, and how much of it stayed without an answer, in the weeks judged and before. */
export type ChannelCounts = {
  /** Null: none is told. */
  channel: string | null
  now: Share
  before: Share
  /** Different people who asked, in both together. */
  askers: number
}

export type Driver = NonNullable<AlertContent['driver']>
export type DriverPart = Driver['parts'][number] & { part: number; sentence: string; isNamed: boolean }

/** A cause is named from this part of the change on. */
export const LEAST_PART = 0.5
/** And only where it differs from the rest by more than chance: where all is alike, the largest part is no cause (our judgement). */
const LEAST_Z = 2.6
/** Of fewer people nothing is told (house rule of what sponsors and viewers may read). */
const LEAST_PEOPLE = 5
const MOST_PARTS = 3

/** Cases more than by the share before. */
export const excessOf = (now: Share, before: Share): number => now.cases - now.of * shareOf(before)

/**
 * Channels by how much of the rise lies in them: the cases more than by their own share before. A channel is named where it carries at
 * least half of all, and its own share has risen further than that of the others together: where all is alike, no channel is it.
 * `unmet`: "without an answer".
 */
export const partsOfChannels = (
  channels: readonly ChannelCounts[],
  { unmet, dispersion }: { unmet: string; dispersion: number },
): DriverPart[] => {
  const [now, before] = [sumOf(channels.map((one) => one.now)), sumOf(channels.map((one) => one.before))]
  const whole = excessOf(now, before)
  if (whole <= 0 || channels.length < 2) return []
  return channels
    .filter(({ channel, askers }) => channel !== null && askers >= LEAST_PEOPLE)
    .map((one): DriverPart => {
      const others = channels.filter((other) => other !== one)
      const [othersNow, othersBefore] = [sumOf(others.map((other) => other.now)), sumOf(others.map((other) => other.before))]
      const own = changeOfAngle(one.now, one.before.of === 0 ? before : one.before, dispersion)
      const rest = changeOfAngle(othersNow, othersBefore, dispersion)
      const isApart = (own.value - rest.value) / Math.sqrt(own.variance + rest.variance) >= LEAST_Z
      const areMany = others.reduce((sum, { askers }) => sum + askers, 0) >= LEAST_PEOPLE
      // a channel that was not there before is set against all
      const part = excessOf(one.now, one.before.of === 0 ? before : one.before) / whole
      const label = plainLine(one.channel as string, 60)
      return {
        of: 'Channel',
        label,
        share: sayPart(part),
        part,
        isNamed: part >= LEAST_PART && isApart,
        sentence: `Most of it is in ${quoteName(label)}: there ${formatCount(one.now.cases)} of ${formatCount(one.now.of)} stayed ${unmet}${areMany ? `, in the other channels together ${formatCount(othersNow.cases)} of ${formatCount(othersNow.of)}` : ''}.`,
      }
    })
    .sort((a, b) => b.part - a.part)
}

/** Of what makes up the change. Parts that go the other way can make one larger than the whole. */
export const sayPart = (part: number): string => (part >= 1 ? 'all of it' : part <= 0 ? 'none of it' : `${formatPercent(part)} of it`)

/** "77 % of it lies in “pumps”" */
const sayLarge = ({ of, label, share }: DriverPart): string =>
  of === 'Channel'
    ? `${share} lies in ${quoteName(label)}`
    : `${share} is what the person who used to answer most would usually have answered`

/** Puts the parts together: the first that may be named is; else it says that none explains half, or that it may be chance that one does. */
export const driverOf = (parts: readonly DriverPart[], none: string): AlertContent['driver'] => {
  if (parts.length === 0) return null
  const named = parts.find(({ isNamed }) => isNamed)
  const large = parts.find(({ part }) => part >= LEAST_PART)
  const unnamed = large
    ? `No single cause is plain: ${sayLarge(large)}, which cannot be told here from a change that is the same everywhere.`
    : none
  return {
    is_found: named !== undefined,
    sentence: named?.sentence ?? unnamed,
    parts: parts
      .filter(({ part }) => part > 0)
      .sort((a, b) => b.part - a.part)
      .slice(0, MOST_PARTS)
      .map(({ of, label, share }) => ({ of, label, share })),
  }
}

/**
 * How much of the rise the person who used to give most first answers would have answered by the share of questions that they
 * used to answer. Without a name: the page of voices has its own rules of who may read one.
 */
export const partOfTopAnswerer = (
  answered: { now: number; before: number },
  { now, before, dispersion }: { now: Share; before: Share; dispersion: number },
): DriverPart | null => {
  const whole = excessOf(now, before)
  if (whole <= 0 || before.of === 0 || answered.before === 0) return null
  const usual = (answered.before / before.of) * now.of
  const part = (usual - answered.now) / whole
  const met = (share: Share, cases: number): Share => ({ cases, of: share.of - share.cases })
  const ofAnswered = changeOfShare(met(now, answered.now), met(before, answered.before), dispersion)
  return {
    of: 'Answerer',
    label: 'The person who used to answer most',
    share: sayPart(part),
    part,
    // they must have stopped, or nearly, and not only as everybody answers less
    isNamed: part >= LEAST_PART && answered.now <= usual / 4 && ofAnswered <= -LEAST_Z,
    sentence: `The person who used to answer most questions first has ${answered.now === 0 ? 'stopped' : 'nearly stopped'}: ${formatCount(answered.now)} of these, where about ${formatCount(Math.round(usual))} would be usual.`,
  }
}
