import { defineHelpedRetention } from '../define-helped-retention.ts'

export const retentionOfUnhelpedJoiners = defineHelpedRetention('unhelped')
