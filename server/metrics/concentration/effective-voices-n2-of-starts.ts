import { STARTS } from '../define-concentration.ts'
import { defineEffectiveVoicesN2 } from './effective-voices-n2.ts'

export const effectiveVoicesN2OfStarts = defineEffectiveVoicesN2(STARTS)
