/** The keys of items that are no contribution: they tell nobody who or what it is. */
import { hash } from 'node:crypto'

/** A silence of a person, by one of their accounts and the day on which it began: coming back and going quiet again is another. */
export const quietKey = (communityId: string, identityKey: string, lastOn: string): string =>
  `${hash('sha256', `quiet ${communityId} ${identityKey}`).slice(0, 20)}_${lastOn}`

export const topicKey = (communityId: string, channel: string): string => hash('sha256', `topic ${communityId} ${channel}`).slice(0, 32)
