import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeRules } from '../../server/ingest/classify/describe-rules.ts'
import { classifyPosts, figuresOf, readLabelled } from './measure.ts'

const reads = classifyPosts(readLabelled('tuning'))
const shareOf = (figure: { k: number; n: number } | null) => (figure === null ? 0 : figure.k / figure.n)

test('questions are found as well as they were when the rules were tuned, with some slack', () => {
  const { precision, recall } = figuresOf(reads, 'question')
  expect(precision?.n).toBeGreaterThan(40)
  expect(shareOf(precision)).toBeGreaterThanOrEqual(0.93)
  expect(shareOf(recall)).toBeGreaterThanOrEqual(0.93)
})

test('what is found to be news or work nearly always is', () => {
  const [news, work] = [figuresOf(reads, 'announcement').precision, figuresOf(reads, 'work').precision]
  expect((news?.n ?? 0) - (news?.k ?? 0)).toBeLessThanOrEqual(1)
  expect((work?.n ?? 0) - (work?.k ?? 0)).toBeLessThanOrEqual(1)
})

test('the published page lists the rules and words in use', () => {
  const page = readFileSync(new URL('../../docs/classify.md', import.meta.url), 'utf8')
  expect(page.endsWith(describeRules()), 'npm run validate:classify writes it anew').toBe(true)
})
