import { ANSWERS } from '../define-concentration.ts'
import { defineAbsenceFactor } from './absence-factor.ts'

export const absenceFactorOfAnswers = defineAbsenceFactor(ANSWERS)
