import { ACCUSING, type Tally } from './tally.ts'

/** What the verdict is held to; our judgement. */
export const CRITERIA = { recall: 0.9, flips_per_year: 0.2 } as const

/** What a set fails, in words; empty when it passes. A set that holds nothing to judge passes nothing. */
export const findFailures = ({ set, pure, accusations, flips, evaluations }: Tally): string[] => {
  if (evaluations === 0) return ['nothing was judged']
  const failures: string[] = []
  if (set !== 'archive' && pure.length === 0) failures.push('no pure type was judged')
  for (const { title, recall } of pure)
    if (recall.k < CRITERIA.recall * recall.n)
      failures.push(
        `${title}: right at ${recall.k} of ${recall.n} month ends (${percent(recall.k / recall.n)}), under ${percent(CRITERIA.recall)}`,
      )
  const accused = accusations.filter(({ verdict, strength }) => ACCUSING.includes(verdict) && strength !== 'leaning' && strength !== 'none')
  for (const { setting, community, at, verdict, support } of accused)
    failures.push(
      `a true community was called ${verdict} (support ${support === null ? 'unknown' : percent(support)}): ${setting}, ${community}, ${at}`,
    )
  if (flips.standing === null) failures.push('what stands was not stored')
  else if (flips.standing.flips >= CRITERIA.flips_per_year * flips.standing.years)
    failures.push(
      `${flips.standing.flips} unjustified flips of the standing verdict in ${flips.standing.years.toFixed(1)} years, ${CRITERIA.flips_per_year} a year or more`,
    )
  return failures
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
