import { STARTS } from '../define-concentration.ts'
import { defineGini } from './gini.ts'

export const giniOfStarts = defineGini(STARTS)
