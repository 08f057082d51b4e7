import { ANSWERS } from '../define-concentration.ts'
import { defineGini } from './gini.ts'

export const giniOfAnswers = defineGini(ANSWERS)
