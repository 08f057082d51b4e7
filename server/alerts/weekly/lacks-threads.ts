import type { Capability } from '../../../shared/contract/metric.ts'
import type { AlertMaterial } from '../alert-rule.ts'

/** Why who answers whom cannot be judged week by week; null where it can. */
export const lacksThreads = ({ context }: AlertMaterial, needs: Capability, untold: string): string | null => {
  if (!context.canTell(needs)) return untold
  return context.threads === 'inferred' ? 'Who answers whom is inferred here, which is too uncertain to be judged week by week.' : null
}
