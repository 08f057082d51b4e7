import { followSource } from '../../../server/alerts/silent-feed/follow-source.ts'
import { FEED_KINDS, type FeedKind, feedAxis, sendFor } from '../feed-kinds.ts'
import type { Lived, SimulatedKind, SimulatedRule } from '../simulated-kind.ts'

const WATCHED = 208
/** Weeks that a source has sent before it stops for good. */
const BEFORE = 104

/** From the first event that the source ever sends: it may be wrong from the start. */
const liveSteady =
  (kind: FeedKind): SimulatedKind['live'] =>
  (watched, seed, strictness) => {
    const axis = feedAxis(Math.ceil(watched / 52))
    const counts = sendFor(kind, axis, seed)
    const first = counts.findIndex((count) => count > 0)
    const { silences } = followSource({ axis, counts, wholeBefore: 0, strictness })
    return livedOf(
      silences.map(({ noticed }) => noticed - first),
      watched,
    )
  }

/** It stops for good in the first week watched. */
const liveEnding =
  (kind: FeedKind): SimulatedKind['live'] =>
  (watched, seed, strictness) => {
    const axis = feedAxis(Math.ceil((watched + BEFORE) / 52))
    const steady = sendFor(kind, axis, seed)
    const stop = steady.findIndex((count) => count > 0) + BEFORE * 7
    const counts = steady.map((count, day) => (day < stop ? count : 0))
    const { silences } = followSource({ axis, counts, wholeBefore: 0, strictness })
    return livedOf(
      silences.map(({ noticed }) => noticed - stop).filter((day) => day >= 0),
      watched,
    )
  }

const livedOf = (days: number[], watched: number): Lived => ({
  swings: Array.from({ length: watched }, () => null),
  told: days.map((day) => Math.floor(day / 7)).filter((week) => week < watched),
  stood: false,
})

const ENDING = [
  'Poisson, 0.3 a day',
  'Poisson, 5 a day',
  'Poisson, 40 a day',
  'silent at weekends, 40 a working day',
  'imported by hand, about once a month',
]

export const silentFeedKinds: SimulatedRule = {
  rule: 'silent-feed',
  unit: 'source',
  steady: FEED_KINDS.map((kind) => ({ name: kind.name, design: null, live: liveSteady(kind) })),
  changing: FEED_KINDS.filter(({ name }) => ENDING.includes(name)).map((kind) => ({
    name: `${kind.name}, and stops`,
    design: null,
    live: liveEnding(kind),
  })),
  cuts: null,
  watched: WATCHED,
}
