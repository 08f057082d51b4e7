import { sayCount } from '../../../shared/format.ts'
import { MIN_PEOPLE_NAMED } from '../cases.ts'

/** In place of what would tell something about so few people that each could be guessed. */
export const SMALL_GROUP = `Not shown: it would speak of fewer than ${sayCount(MIN_PEOPLE_NAMED)} people.`

const FEW = /(?:^|[^\d.,])(?:[1-4]|two|three|four)[ \u00a0](?:people|person|members?|joiners?|readers?)\b/

/** It speaks of one to four people, other than of the one who does most, whom the rules of the verdict call "one person". */
export const namesFew = (text: string): boolean => FEW.test(text)

const NOT_AVAILABLE = /^Not available from .+?, which do(?:es)? not tell (.+)\.$/
const WHO_ASKED = 'which contributions are questions'

/** Why there is no value, for a sponsor: without the names of sources, and without what few people could be guessed from. */
export const sayReason = (reason: string): string => {
  if (namesFew(reason)) return SMALL_GROUP
  const [, untold] = NOT_AVAILABLE.exec(reason) ?? []
  if (untold !== undefined) return untold.includes(WHO_ASKED) ? 'No source tells who asked.' : `No source tells ${untold}.`
  if (/^[\d,]+\s.*; it takes /.test(reason)) return `Too few to say: ${reason}`
  // of how long half of the askers waited
  return reason.replace(/^Too young: /, '').replace(/ have an answer so far; .+$/, ' have an answer so far: too few for half of them.')
}
