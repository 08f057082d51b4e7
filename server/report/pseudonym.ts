import { hash } from 'node:crypto'

/**
 * A name that says nothing about the person, the same wherever they are shown in a community. Person ids may follow from
 * account names, so the community's id, which no reader is told, goes in as a key. Eight digits tell 25,000 people apart.
 */
export const pseudonym = (communityId: string, personId: string): string =>
  `Member ${hash('sha256', `${communityId} ${personId}`).slice(0, 8)}`
