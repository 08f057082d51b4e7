import { ANSWERS } from '../define-concentration.ts'
import { defineEffectiveVoicesN2 } from './effective-voices-n2.ts'

export const effectiveVoicesN2OfAnswers = defineEffectiveVoicesN2(ANSWERS)
