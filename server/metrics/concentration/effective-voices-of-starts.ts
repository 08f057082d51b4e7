import { STARTS } from '../define-concentration.ts'
import { defineEffectiveVoices } from './effective-voices.ts'

export const effectiveVoicesOfStarts = defineEffectiveVoices(STARTS)
