import type { Verdict } from '../../shared/contract/verdict.ts'

/** How sure a window's own threads make its verdict. */
export type WindowSupport = Pick<Verdict, 'support' | 'support_detail'>

export const NOT_RESAMPLED: WindowSupport = {
  support: null,
  support_detail: { strength: null, resamples: 0, threads: 0, found: [], caps: [], sentence: 'How sure it is was not asked.' },
}
