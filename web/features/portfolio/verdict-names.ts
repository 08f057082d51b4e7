import type { VerdictName } from '../../../shared/contract/verdict.ts'

export type { VerdictName }
/** Every verdict, here in the order of the portfolio; typed against the contract instead of imported, which would bring its schemas along. */
const ORDER: Record<VerdictName, number> = {
  community: 0,
  teaching_platform: 1,
  blog: 2,
  newsletter: 3,
  workgroup: 4,
  mixed: 5,
  too_little_data: 6,
  dormant: 7,
}
export const VERDICT_NAMES = (Object.keys(ORDER) as VerdictName[]).sort((a, b) => ORDER[a] - ORDER[b])
export const rankVerdict = (verdict: VerdictName | null): number => (verdict === null ? VERDICT_NAMES.length : ORDER[verdict])
