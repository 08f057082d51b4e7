/** Counts and exposures of the weeks judged and of those they are set against. Rates are counts by exposure. */
export type TwoSpans = { observed: number; exposure: number; before: number; exposure_before: number }

/** k·ln(k/m), which is 0 for k = 0. */
const term = (count: number, mean: number): number => (count === 0 ? 0 : count * Math.log(count / mean))

/**
 * How far the rate of the weeks judged is from the rate before, in standard deviations: the signed root of the likelihood ratio of
 * two Poisson rates, over the dispersion (1 for pure chance). Null where an exposure is 0. 0 where nothing happened at all.
 */
export const changeOfRate = ({ observed, exposure, before, exposure_before }: TwoSpans, dispersion = 1): number | null => {
  if (exposure <= 0 || exposure_before <= 0) return null
  const all = observed + before
  if (all === 0) return 0
  const exposures = exposure + exposure_before
  const surprise = term(observed, (all * exposure) / exposures) + term(before, (all * exposure_before) / exposures)
  // equal rates leave a rounding error on either side of 0
  return Math.sign(observed / exposure - before / exposure_before) * Math.sqrt((2 * Math.max(0, surprise)) / dispersion)
}

/** Rate of the weeks judged over the rate before; infinite where nothing was before. */
export const ratioOfRates = ({ observed, exposure, before, exposure_before }: TwoSpans): number =>
  observed === 0 && before === 0 ? 1 : observed / exposure / (before / exposure_before)

/** What the weeks before would lead one to expect of the weeks judged. */
export const expectedFrom = ({ exposure, before, exposure_before }: Omit<TwoSpans, 'observed'>): number =>
  exposure_before === 0 ? 0 : (exposure * before) / exposure_before

/** The logarithm of the ratio, with its variance: half a case is added on either side, so that 0 has a place. */
export const logRatio = (spans: TwoSpans, dispersion: number): { value: number; variance: number } => ({
  value: Math.log((spans.observed + 0.5) / spans.exposure) - Math.log((spans.before + 0.5) / spans.exposure_before),
  variance: dispersion * (1 / (spans.observed + 0.5) + 1 / (spans.before + 0.5)),
})
