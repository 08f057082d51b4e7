import { ANSWERS } from '../define-concentration.ts'
import { defineConcentrationHhi } from './concentration-hhi.ts'

export const concentrationHhiOfAnswers = defineConcentrationHhi(ANSWERS)
