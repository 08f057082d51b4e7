import type { CaseSetDescription, CasesDescription } from '../../../shared/contract/case-set.ts'
import { type CaseSet, type MetricCases, type NumberCases, resolveCases } from './case-list.ts'

export const describeSet = (set: CaseSet): CaseSetDescription => ({
  kind: set.list.kind,
  words: set.words,
  amount: set.amount?.noun ?? null,
})

/** What a number is made of, for the catalogue: of any category, in a community whose sources tell everything. */
export const describeCases = (cases: MetricCases): CasesDescription => {
  const resolved: NumberCases = resolveCases(cases, { category: null, context: { canTell: () => true } })
  if ('none' in resolved) return { equals: null, set: null, numerator: null, denominator: null, none: resolved.none }
  if ('set' in resolved) return { equals: resolved.equals, set: describeSet(resolved.set), numerator: null, denominator: null, none: null }
  return {
    equals: null,
    set: null,
    numerator: describeSet(resolved.numerator),
    denominator: describeSet(resolved.denominator),
    none: null,
  }
}
