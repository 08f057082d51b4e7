import { STARTS } from '../define-concentration.ts'
import { defineConcentrationHhi } from './concentration-hhi.ts'

export const concentrationHhiOfStarts = defineConcentrationHhi(STARTS)
