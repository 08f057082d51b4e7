import { defineHelpedRetention } from '../define-helped-retention.ts'

export const retentionOfHelpedJoiners = defineHelpedRetention('helped')
