/** Windows of a kind, made of threads at random: for asking how sure they make their verdict. */
import type { VerdictName } from '../../shared/contract/verdict.ts'
import type { ExampleThread } from '../../server/diagnosis/example-windows.ts'
import type { RandomIndex } from '../../server/diagnosis/random-index.ts'

/** How likely a thread is of each kind, and who takes part. */
export type Mixture = {
  question: number
  talk: number
  post: number
  announcement: number
  work: number
  /** How likely one person is to start, and to answer, instead of anybody. */
  by_one: number
  answered_by_one: number
  people: number
}

const PURE: Mixture = { question: 0, talk: 0, post: 0, announcement: 0, work: 0, by_one: 0, answered_by_one: 0, people: 25 }

/** Each mostly of one kind, and a little of everything else. */
export const PURE_TYPES: readonly (readonly [VerdictName, Mixture])[] = [
  ['community', { ...PURE, question: 0.7, talk: 0.15, post: 0.1, announcement: 0.05 }],
  ['teaching_platform', { ...PURE, question: 0.8, talk: 0.05, post: 0.1, announcement: 0.05, answered_by_one: 0.85 }],
  ['blog', { ...PURE, post: 0.75, talk: 0.15, question: 0.05, announcement: 0.05, by_one: 0.9 }],
  ['newsletter', { ...PURE, announcement: 0.8, post: 0.1, talk: 0.05, question: 0.05 }],
  ['workgroup', { ...PURE, work: 0.75, talk: 0.1, question: 0.1, announcement: 0.05 }],
]

/** Anything between two of the pure types. */
export const mixtureAtRandom = (random: RandomIndex): Mixture => {
  const [, a] = PURE_TYPES[random(PURE_TYPES.length)] as (typeof PURE_TYPES)[number]
  const [, b] = PURE_TYPES[random(PURE_TYPES.length)] as (typeof PURE_TYPES)[number]
  const share = random(1001) / 1000
  const mixed = Object.keys(a).map((name): [string, number] => {
    const key = name as keyof Mixture
    return [key, a[key] * share + b[key] * (1 - share)]
  })
  return { ...(Object.fromEntries(mixed) as Mixture), people: 25 }
}

/** Threads until there are so many contributions; the last one is cut short. */
export const makeThreads = (mixture: Mixture, contributions: number, random: RandomIndex): ExampleThread[] => {
  const isTrue = (chance: number) => random(1_000_000) < chance * 1_000_000
  // a few are busy, most are not
  const anybody = () => `member ${Math.floor(mixture.people * (random(1000) / 1000) ** 2)}`
  const threads: ExampleThread[] = []
  for (let left = contributions; left > 0; ) {
    const at = random(1_000_000) / 1_000_000
    const by = isTrue(mixture.by_one) ? 'one' : anybody()
    const { question, talk, post, announcement } = mixture
    let thread: ExampleThread
    if (at < question) {
      const answers = isTrue(0.85) ? 1 + random(3) : 0
      thread = {
        kind: 'question',
        by,
        replies: Array.from({ length: answers }, () => ({ by: isTrue(mixture.answered_by_one) ? 'one' : anybody() })),
      }
    } else if (at < question + talk)
      thread = { kind: 'post', by, replies: Array.from({ length: 1 + random(4) }, () => ({ by: anybody() })) }
    else if (at < question + talk + post) thread = { kind: 'post', by }
    else if (at < question + talk + post + announcement) thread = { kind: 'announcement', by }
    else thread = { kind: 'work', by, replies: Array.from({ length: random(3) }, () => ({ by: anybody() })) }
    const replies = (thread.replies ?? []).slice(0, left - 1)
    threads.push({ ...thread, replies })
    left -= 1 + replies.length
  }
  return threads
}
