import type { WorkTalk } from './archetypes.ts'
import type { Random } from './random.ts'
import type { Talk } from './talk.ts'

/** Sentences beyond what is always said, half of all messages having more; issues and articles are longer (our judgement). */
const MEDIAN_SENTENCES: Partial<Record<Talk, number>> = {
  article: 7,
  announcement: 5,
  question: 2.5,
  answer: 2,
  discussion: 2.5,
  thanks: 0.3,
}
const USUAL_SENTENCES = 1.5
const LENGTH_SIGMA = 0.7
/** People talk of work in some messages and not in others. */
const TALK_SIGMA = 0.8

/** Nothing here is a word of work. */
const OPENINGS = 'At our place,In the older plant,After the last stop,When it is cold outside,To be fair,As far as I know'.split(',')
const MIDDLES =
  'we had the same thing,nobody wanted to believe it,it took us a while to see,the noise came back,a colleague found the cause,the supplier had no idea'.split(
    ',',
  )
const ENDINGS = 'and it has run well since,until the weather turned,so take your time with it,which surprised us all,more or less'.split(
  ',',
)
/** Each holds one word of its family, once, and about five others. */
const PHRASE_WORDS = 6
const ARTEFACT = [
  'I opened a ticket for that.',
  'It is on the agenda now.',
  'The deadline is on Friday.',
  'The branch still waits for somebody.',
  'I will merge it tonight.',
  'Please add it to the backlog.',
  'The next milestone depends on it.',
  'See the last commit for why.',
]
const DOCUMENT = [
  'The draft says otherwise.',
  'I prefer the older wording.',
  'That needs another review.',
  'It goes into the next release.',
  'We can deploy it after lunch.',
  'The proposal is nearly there.',
  'I can implement that part.',
  'This is the only blocker.',
]

const sentence = (random: Random) => `${random.pick(OPENINGS)} ${random.pick(MIDDLES)}, ${random.pick(ENDINGS)}.`

/**
 * Lets people write as much as people do, log-normally, and let drop words of work at a given rate. It draws from a stream of its own,
 * so that what happens is the same with it and without.
 */
export const createWriter =
  (random: Random, { artefact, document }: WorkTalk) =>
  (talk: Talk, text: string): string => {
    const count = Math.round(random.logNormal(MEDIAN_SENTENCES[talk] ?? USUAL_SENTENCES, LENGTH_SIGMA))
    const sentences = [text, ...Array.from({ length: count }, () => sentence(random))]
    const words = sentences.join(' ').split(' ').length / (1 - (PHRASE_WORDS * (artefact + document)) / 100)
    const heat = random.logNormal(Math.exp(-(TALK_SIGMA ** 2) / 2), TALK_SIGMA)
    for (const [rate, phrases] of [
      [artefact, ARTEFACT],
      [document, DOCUMENT],
    ] as const)
      for (let n = rate > 0 ? random.poisson((rate * words * heat) / 100) : 0; n > 0; n--) sentences.push(random.pick(phrases))
    return sentences.join(' ')
  }
