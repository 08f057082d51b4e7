import type { CommunityKind } from './live-community.ts'

const HALF_A_YEAR = 26
const ONE_YEAR = 52
const TWO_YEARS = 104
const THREE_YEARS = 156

const poissonAt = (rate: number): CommunityKind => ({ name: `Poisson, ${rate} a week`, rate, history: HALF_A_YEAR })
const swings = { phi: 0.8, sigma: 0.3, isShared: false }
/** Harsher, and as it often is: the whole community is more or less busy. */
const sharedSwings = { ...swings, isShared: true }

/** So many joins at once as else in half a year. */
const isImport = (week: number, series: string): boolean => week === 20 && series === 'joins'
const imported = (week: number, series: string): number => (isImport(week, series) ? HALF_A_YEAR : 1)

/** Communities in which nothing declines, with what the design's own simulation found. */
export const STEADY_COMMUNITIES: (CommunityKind & { design: string | null })[] = [
  { ...poissonAt(0.5), design: '0.01' },
  { ...poissonAt(1), design: '0.02' },
  { ...poissonAt(2), design: '0.06' },
  { ...poissonAt(8), design: '0.03' },
  { ...poissonAt(50), design: '0.00' },
  { name: 'variance 2 × the mean', rate: 8, dispersion: 2, history: HALF_A_YEAR, design: '0.15' },
  { name: 'variance 4 × the mean', rate: 8, dispersion: 4, history: HALF_A_YEAR, design: '0.48' },
  { name: 'slow swings, 8 a week', rate: 8, swings, history: HALF_A_YEAR, design: '0.27' },
  { name: 'slow swings, 50 a week', rate: 50, swings, history: HALF_A_YEAR, design: '0.44' },
  { name: 'slow swings of all series as one, 8 a week', rate: 8, swings: sharedSwings, history: HALF_A_YEAR, design: null },
  { name: 'slow swings of all series as one, 50 a week', rate: 50, swings: sharedSwings, history: HALF_A_YEAR, design: null },
  { name: 'seasons, half a year of history', rate: 8, seasons: true, history: HALF_A_YEAR, design: '0.14' },
  { name: 'seasons, one year', rate: 8, seasons: true, history: ONE_YEAR, design: '0.23' },
  { name: 'seasons, three years', rate: 8, seasons: true, history: THREE_YEARS, design: '0.32' },
  {
    name: 'growth by half, then a plateau',
    rate: 8,
    history: ONE_YEAR,
    course: (week) => (week < 0 ? 2 / 3 + (ONE_YEAR + week) / ONE_YEAR / 3 : 1),
    design: '0.00',
  },
  { name: 'a bulk import, not flagged', rate: 8, history: HALF_A_YEAR, course: imported, design: '0.21' },
  { name: 'a bulk import, flagged', rate: 8, history: HALF_A_YEAR, course: imported, isStep: isImport, design: '0.03' },
]

const from =
  (course: NonNullable<CommunityKind['course']>): CommunityKind['course'] =>
  (week, series) =>
    week < 0 ? 1 : course(week, series)
const halving = from((_week, series) => (series === 'leavers' ? 1 : 0.5))

/** Communities in which something declines from the first week watched on. */
export const DECLINING_COMMUNITIES: (CommunityKind & { design: string | null })[] = [
  { name: 'halving, all series: Poisson', rate: 8, history: TWO_YEARS, course: halving, design: '6' },
  { name: 'halving: variance 2 × the mean', rate: 8, dispersion: 2, history: TWO_YEARS, course: halving, design: '6' },
  { name: 'halving: slow swings', rate: 8, swings, history: TWO_YEARS, course: halving, design: '6' },
  {
    name: 'halving: slow swings of all series as one',
    rate: 8,
    swings: sharedSwings,
    history: TWO_YEARS,
    course: halving,
    design: null,
  },
  { name: 'halving: seasons', rate: 8, seasons: true, history: TWO_YEARS, course: halving, design: '6–7' },
  {
    name: 'joins alone halve, half a year of history',
    rate: 8,
    history: HALF_A_YEAR + 8,
    course: from((_week, series) => (series === 'joins' ? 0.5 : 1)),
    design: '10–15',
  },
  {
    name: 'joins alone halve, two years',
    rate: 8,
    history: TWO_YEARS,
    course: from((_week, series) => (series === 'joins' ? 0.5 : 1)),
    design: '7–8',
  },
  {
    name: '−30 %, half a year of history',
    rate: 8,
    history: HALF_A_YEAR + 8,
    course: from((_week, series) => (series === 'leavers' ? 1 : 0.7)),
    design: '11',
  },
  { name: '−30 %, two years', rate: 8, history: TWO_YEARS, course: from((_week, series) => (series === 'leavers' ? 1 : 0.7)), design: '8' },
  {
    name: 'fade over a year to a quarter',
    rate: 8,
    history: TWO_YEARS,
    course: from((week, series) => (series === 'leavers' ? 1 : Math.max(0.25, 1 - (0.75 * week) / ONE_YEAR))),
    design: '35',
  },
  {
    name: 'a quarter of the members leave at once',
    rate: 8,
    history: TWO_YEARS,
    course: from((week, series) => (series === 'leavers' && week === 0 ? 20 : 1)),
    design: '1',
  },
  {
    name: 'the facilitator goes: answers fall to a half, questions do not',
    rate: 8,
    history: TWO_YEARS,
    course: from((_week, series) => (series === 'answered' ? 0.5 : 1)),
    design: '8',
  },
  { name: 'leavers double', rate: 8, history: TWO_YEARS, course: from((_week, series) => (series === 'leavers' ? 2 : 1)), design: '8' },
  ...([4, 2, 1, 0.5] as const).map((rate) => ({
    name: `halving at ${rate} a week`,
    rate,
    history: TWO_YEARS,
    course: halving,
    design: { 4: '7', 2: '13', 1: '30', 0.5: 'never' }[rate],
  })),
]
