import { ANSWERS } from '../define-concentration.ts'
import { defineEffectiveVoices } from './effective-voices.ts'

export const effectiveVoicesOfAnswers = defineEffectiveVoices(ANSWERS)
