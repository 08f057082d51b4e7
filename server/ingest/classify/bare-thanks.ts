/** Recognises a message that only thanks: no answer, whoever it replies to. English, German, French, Spanish, Portuguese; our judgement. */

/** Longer messages say something else too. */
const MAX_WORDS = 14
/** One of these must be there. Two words stand for a phrase. */
const THANKS = [
  'thanks',
  'thank you',
  'thank u',
  'thankyou',
  'thx',
  'thnx',
  'tks',
  'ty',
  'tysm',
  'tyvm',
  'cheers',
  'ta',
  'much obliged',
  'much appreciated',
  'danke',
  'dankeschön',
  'danke schön',
  'vielen dank',
  'besten dank',
  'herzlichen dank',
  'tausend dank',
  'dank dir',
  'dank euch',
  'merci',
  'mercy',
  'remerciements',
  'gracias',
  'mil gracias',
  'muchas gracias',
  'agradecido',
  'agradecida',
  'obrigado',
  'obrigada',
  'obg',
  'obrigadão',
  'valeu',
  'brigado',
  'brigada',
]
/** Words that say nothing more than the thanks. */
const FILLERS = new Set(
  `a an the so very much many lot lots bunch ton tons million again all everyone everybody guys folks team both mate man you your u for to of in and i we it this that that's is was
  really greatly appreciate appreciated helpful help helped helping quick fast swift prompt kind kindly great awesome perfect amazing excellent nice cool super wonderful brilliant lovely
  reply replies response answer answers advice tip tips hint info information pointer pointers explanation suggestion suggestions clarification sharing share answering replying explaining
  works worked working fine now solved solves fixed ok okay yes yep oh ah wow hi hey hello dear in advance lol best regards god bless have day good
  vielmals sehr schön viel auch nochmal nochmals noch mal dir euch ihnen allen alle für die den das deine deinen eure eure ihre hilfe antwort antworten tipp tipps info infos rückmeldung
  schnelle schnellen hat geklappt geholfen funktioniert super toll klasse prima perfekt jetzt es ja und ganz herzlich im voraus hallo liebe grüße lg vg
  beaucoup bien mille fois à tous toutes tout le monde toi vous pour ta ton votre vos la l aide réponse réponses conseil conseils info infos ça ca marche fonctionne c est parfait génial super
  très et encore d avance bonjour bonne journée nickel top
  muchas muchísimas mil a todos todas por tu su la el las los ayuda respuesta respuestas consejo info información funciona funcionó perfecto genial excelente ya muy amable de antemano y saludos hola buen día
  muito muita mesmo pela pelo pelas pelos ajuda resposta respostas dica dicas funcionou deu certo perfeito ótimo excelente agora demais a todos todas e de nada abraço abraços oi olá bom dia`
    .split(/\s+/)
    .filter(Boolean),
)
const SINGLE = new Set(THANKS.filter((t) => !t.includes(' ')))
const PHRASES = THANKS.filter((t) => t.includes(' ')).map((t) => t.split(' '))

const MENTION = /<@[^>]*>|@[\p{L}\p{N}_.-]+/gu
const SHORTCODE = /:[a-z0-9_+-]+:/gi
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)*/gu
const NAME = /^\p{Lu}[\p{Ll}\p{M}]+$/u

type Token = { word: string; at: number }

/** The words; null when there are more than MAX_WORDS. */
const tokensOf = (text: string): Token[] | null => {
  const tokens: Token[] = []
  for (const match of text.matchAll(WORD)) {
    // l'aide, d'avance, c'est are two words each, that's is one
    const parts = /^[ldcj]['’]/i.test(match[0]) ? match[0].split(/['’]/) : [match[0].replace('’', "'")]
    for (const word of parts) tokens.push({ word, at: match.index })
    if (tokens.length > MAX_WORDS) return null
  }
  return tokens
}

const startsSentence = (text: string, { at }: Token): boolean => at === 0 || /[.!?\n:;]\s*$/.test(text.slice(0, at))

/** The tokens that thank; empty when none do. */
const thankingTokens = (lower: string[]): Set<number> => {
  const found = new Set<number>()
  for (let i = 0; i < lower.length; i++) {
    if (SINGLE.has(lower[i] ?? '')) found.add(i)
    for (const phrase of PHRASES) {
      if (!phrase.every((word, k) => lower[i + k] === word)) continue
      for (let k = 0; k < phrase.length; k++) found.add(i + k)
    }
  }
  return found
}

/** True when the message thanks and says nothing else; a name beside the thanks ("Thanks, Ana!") belongs to it. */
export const isBareThanks = (title: string | null | undefined, text: string | null | undefined): boolean => {
  if (title || !text || text.length > 400 || text.includes('?') || text.includes('://')) return false
  const plain = text.normalize('NFC').replace(MENTION, ' ').replace(SHORTCODE, ' ')
  const tokens = tokensOf(plain)
  if (tokens === null || tokens.length === 0) return false
  const lower = tokens.map((token) => token.word.toLowerCase())
  const thanking = thankingTokens(lower)
  if (thanking.size === 0) return false
  let names = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    if (thanking.has(i) || FILLERS.has(lower[i] ?? '')) continue
    // "Thanks Ana", "Ana, thanks": a capitalised word of the same sentence, not one that begins a new one
    const isFirst = i === 0 && tokens.length > 1 && thanking.has(1)
    if (NAME.test(token.word) && (isFirst || !startsSentence(plain, token)) && ++names <= 2) continue
    return false
  }
  return true
}
