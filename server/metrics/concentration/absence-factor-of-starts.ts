import { STARTS } from '../define-concentration.ts'
import { defineAbsenceFactor } from './absence-factor.ts'

export const absenceFactorOfStarts = defineAbsenceFactor(STARTS)
