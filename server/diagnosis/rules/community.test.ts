import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { craftWindow } from '../example-windows.ts'
import { isPassed } from '../rule.ts'
import { community } from './community.ts'

const asked = (count: number, answered: number) => ({ question_count: count, ripe_count: count, ripe_answered_count: answered })
const facts = ({
  mix = { help: 60, discussion: 20, other: 20 },
  answers = [8, 8, 8, 3, 3],
  ripe = 30,
  answered = 30,
  anonymous_answers = 0,
} = {}) => {
  const window = craftWindow({ mix, contributions: answers, answers, asked: asked(ripe, answered) })
  return { ...window, people: { ...window.people, answer_count: window.people.answer_count + anonymous_answers } }
}
const holds = (input: Parameters<typeof facts>[0]) => isPassed(community.test(facts(input)))

describe('community', () => {
  test('holds where members ask and many answer', () => {
    expect(decide(facts())).toBe('community')
  })

  test('help and discussion are half', () => {
    expect(holds({ mix: { help: 40, discussion: 10, other: 50 } })).toBe(true)
    expect(holds({ mix: { help: 40, discussion: 9, other: 51 } })).toBe(false)
  })

  test('help is a fifth', () => {
    expect(holds({ mix: { help: 20, discussion: 60, other: 20 }, answers: [3, 3, 2, 2, 2] })).toBe(true)
    expect(holds({ mix: { help: 19, discussion: 61, other: 20 }, answers: [3, 3, 2, 2, 2] })).toBe(false)
  })

  test('half of the questions that had seven days are answered', () => {
    expect(holds({ ripe: 30, answered: 15 })).toBe(true)
    expect(holds({ ripe: 30, answered: 14 })).toBe(false)
  })

  test('without a question that had seven days it cannot hold, and says so', () => {
    expect(holds({ ripe: 0, answered: 0 })).toBe(false)
    const test = community
      .test({ ...facts(), episodes: { question_count: 4, ripe_count: 0, ripe_answered_count: 0 } })
      .find((check) => check.metric === 'answered-share')
    expect(test?.says()).toContain('No question is 7 days old yet')
    expect(test?.observed).toBeNull()
  })

  test('the top answerer gives less than half: exactly half is too much', () => {
    expect(holds({ answers: [14, 4, 4, 4, 4] })).toBe(true)
    expect(holds({ answers: [15, 4, 4, 4, 3] })).toBe(false)
  })

  test('answers come from three effective voices', () => {
    // (3 × 10 + 2)² = 1024 against 3 × (3 × 100 + 2) = 906; and 26² = 676 against 3 × (2 × 144 + 2) = 870
    expect(holds({ answers: [10, 10, 10, 1, 1] })).toBe(true)
    expect(holds({ answers: [12, 12, 1, 1, 1] })).toBe(false)
    // exactly three: 9² = 81 = 3 × 27
    const exact = community
      .test(craftWindow({ mix: { help: 60 }, answers: [3, 3, 3] }))
      .find((check) => check.metric.startsWith('effective-voices'))
    expect(exact?.passed).toBe(true)
  })

  test('five people help', () => {
    expect(holds({ answers: [6, 6, 6, 6, 6] })).toBe(true)
    expect(holds({ answers: [8, 8, 7, 7] })).toBe(false)
  })

  test('who answers cannot be judged above a fifth of anonymous answers', () => {
    expect(holds({ answers: [8, 8, 8, 8, 8], anonymous_answers: 10 })).toBe(true)
    expect(holds({ answers: [8, 8, 8, 8, 8], anonymous_answers: 11 })).toBe(false)
    const test = community.test(facts({ anonymous_answers: 20 })).find((check) => check.metric === 'top-share-of-answers')
    expect(test?.says()).toContain('Who gave 20 of 50 answers is not known')
  })
})
