import { ANSWERS } from '../define-concentration.ts'
import { defineTopShare } from './top-share.ts'

export const topShareOfAnswers = defineTopShare(ANSWERS)
