import type { Measured } from '../../shared/contract/metric.ts'
import { countOf } from '../../shared/format.ts'

/** The rule in words, for explanations. */
export const ELSEWHERE_RULE = 'A question that a manager says was answered elsewhere is neither answered nor unanswered, and left out.'

/** They say that nothing can be told, whatever is left out. */
const UNTOLD: ReadonlySet<Measured['status']> = new Set<Measured['status']>(['not_available', 'withheld'])

/** The point with how many of the `asked` questions (or first starts) a manager’s word leaves out. */
export const leaveElsewhereOut = (measured: Measured, { asked, elsewhere }: { asked: number; elsewhere: number }): Measured => {
  if (elsewhere === 0 || UNTOLD.has(measured.status)) return measured
  if (measured.status === 'not_applicable' && asked === elsewhere)
    return {
      ...measured,
      reason: `${elsewhere === 1 ? 'The only question was' : `All ${countOf(elsewhere, 'question')} were`} answered elsewhere, as a manager says.`,
    }
  const left = `${countOf(elsewhere, 'question')} answered elsewhere, as a manager says, ${elsewhere === 1 ? 'is' : 'are'} left out.`
  return { ...measured, reason: measured.reason === null ? left : `${measured.reason} ${left}` }
}
