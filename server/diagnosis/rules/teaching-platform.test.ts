import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { craftWindow } from '../example-windows.ts'

/** 100 contributions; one person gives `top` of `answers` answers. */
const taught = ({ help = 60, top = 18, answers = 30, questions = 30 } = {}) =>
  craftWindow({
    mix: { help, other: 100 - help },
    contributions: [top],
    answers: [top, ...Array.from({ length: answers - top }, () => 1)],
    starts: Array.from({ length: questions }, () => 1),
    asked: { question_count: questions, ripe_count: questions, ripe_answered_count: questions },
  })

describe('teaching platform', () => {
  test('begins where one person gives 60 % of the answers', () => {
    expect(decide(taught())).toBe('teaching_platform')
    expect(decide(taught({ top: 17 }))).not.toBe('teaching_platform')
  })

  test('begins where half is help', () => {
    expect(decide(taught({ help: 50 }))).toBe('teaching_platform')
    expect(decide(taught({ help: 49 }))).not.toBe('teaching_platform')
  })

  test("begins where a fifth is other people's questions", () => {
    expect(decide(taught({ questions: 20 }))).toBe('teaching_platform')
    expect(decide(taught({ questions: 19 }))).not.toBe('teaching_platform')
  })

  test('comes before blog where the teacher also makes half of everything', () => {
    const facts = craftWindow({
      mix: { help: 100 },
      contributions: [60],
      answers: [60],
      asked: { question_count: 40, ripe_count: 40, ripe_answered_count: 40 },
    })
    expect(decide(facts)).toBe('teaching_platform')
  })

  test('is not told on little data', () => {
    const few = craftWindow({
      mix: { help: 29 },
      contributions: [14],
      answers: [14],
      asked: { question_count: 15, ripe_count: 15, ripe_answered_count: 14 },
    })
    expect(decide(few)).toBe('too_little_data')
  })
})
