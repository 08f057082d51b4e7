import { STARTS } from '../define-concentration.ts'
import { defineTopShare } from './top-share.ts'

export const topShareOfStarts = defineTopShare(STARTS)
