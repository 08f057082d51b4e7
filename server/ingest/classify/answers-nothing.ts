import { isBareThanks } from './bare-thanks.ts'
import { findsWhole } from './phrases.ts'
import { isReplyTitle } from './reading.ts'
import { foldWord, sentencesOf } from './sentences.ts'
import { AGREEING } from './words/thanks.ts'

/** Longer messages say something. */
const MOST_CHARACTERS = 120
const SHORTCODE = /:[a-z0-9_+'-]{1,60}:/gi
const MENTION = /<@[^<>]{0,100}>|@[\p{L}\p{N}_.-]{1,80}/gu
/** Emoji, with what modifies and joins them, and the faces people type. */
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]|\u200d|\ufe0f|\u20e3|[\u{e0020}-\u{e007f}]/gu
const FACE = /(?:[:;=8xX][-^o']?[)(dDpPoO/\\|*]+|<3|\^\^|\^_\^|xD)/g
/** +1, ++, ^, and marks. */
const SIGNS = /^(?:[+＋]\s?\d{0,3}|\^|[\s.,!…~+])*$/u

const isAgreement = findsWhole(AGREEING)

/** Nothing is left but emoji, "+1" and marks; what was empty from the beginning may be a picture, and says something. */
const isSigns = (text: string): boolean => SIGNS.test(text.replace(SHORTCODE, '').replace(MENTION, '').replace(EMOJI, '').replace(FACE, ''))

/**
 * True when a message only thanks, agrees ("me too", "same here", "+1") or consists of emoji: no answer, whoever it replies to. "Yes" and "no"
 * answer. English, German, French, Spanish, Portuguese; our judgement.
 */
export const answersNothing = (title: string | null | undefined, text: string | null | undefined): boolean => {
  if ((title && !isReplyTitle(title)) || !text?.trim()) return false
  if (isBareThanks(null, text)) return true
  if (text.length > MOST_CHARACTERS || text.includes('?') || text.includes('://')) return false
  if (isSigns(text.trim())) return true
  const plain = text
    .replace(MENTION, ' ')
    .replace(SHORTCODE, ' ')
    .replace(EMOJI, ' ')
    .replace(FACE, ' ')
    .replace(/[+＋]\s?\d{1,3}/g, ' ')
  const words = sentencesOf(plain)
    .flatMap((sentence) => sentence.words.trim().split(' '))
    .map(foldWord)
  return words.length > 0 && isAgreement({ words: ` ${words.join(' ')} `, word_count: words.length, mark: '', is_aside: false })
}
