import { expect, test } from 'vitest'
import { sayAge, sayFlip, sayHeadline, sayPending, saySince, saySupport, sayWhyOfMonth } from './standing-words.ts'

const seen = (text: string) => text.replaceAll('\u00a0', ' ')
const verdict = {
  verdict: 'teaching_platform' as const,
  standing: 'community' as const,
  standing_detail: {
    since: '2021-03-31',
    pending: null,
    sentence: 'Community since the end of March 2021. This month leans teaching platform; not confirmed yet.',
  },
  sentence: 'It reads as a teaching platform: members ask, and one person gives most of the answers.',
  support_detail: { strength: 'leaning' as const, resamples: 1000, threads: 60, found: [], caps: [], sentence: '' },
  at: '2026-11-23',
}

test('the headline is what stands, and what the month says beside it where that differs', () => {
  expect(sayHeadline(verdict)).toEqual({
    stands: 'Community since the end of March 2021.',
    beside: 'This month leans teaching platform; not confirmed yet.',
  })
  expect(sayHeadline({ ...verdict, standing_detail: null })).toEqual({
    stands: 'Community.',
    beside: 'November 2026 leans teaching platform; not confirmed yet.',
  })
  expect(sayHeadline({ ...verdict, standing: 'teaching_platform' })).toEqual({ stands: verdict.sentence, beside: null })
  expect(
    sayHeadline({
      ...verdict,
      standing: null,
      standing_detail: {
        since: null,
        pending: null,
        sentence: 'Nothing stands yet: no month has been clear so far. This month leans teaching platform.',
      },
    }),
  ).toEqual({ stands: 'Nothing stands yet: no month has been clear so far.', beside: 'This month leans teaching platform.' })
  expect(sayHeadline({ ...verdict, standing: null, standing_detail: null })).toEqual({ stands: verdict.sentence, beside: null })
})

test('since when it stands, or why that is not known', () => {
  expect(saySince(verdict)).toEqual({
    since: '31 March 2021',
    notes: ['Five years and eight months as a community.'].map((note) =>
      note.replace('e years', 'e\u00a0years').replace('t months', 't\u00a0months'),
    ),
  })
  expect(
    saySince({ ...verdict, standing: null, standing_detail: { since: null, pending: null, sentence: 'Nothing stands yet.' } }),
  ).toEqual({
    since: 'Nothing stands yet',
    notes: [],
  })
  expect(saySince({ ...verdict, standing: null, standing_detail: null }).notes[0]).toContain('not at hand')
  expect([sayAge('2026-11-02', '2026-11-30'), sayAge('2026-10-31', '2026-11-23'), sayAge('2024-10-31', '2026-10-31')].map(seen)).toEqual([
    'under a month',
    'one month',
    'two years',
  ])
})

test('a verdict on its way says how far it has come and what it takes', () => {
  const pending = { verdict: 'blog' as const, since: '2026-09-30', evaluations: 1, asked: 2 }
  expect(sayPending(pending, 'community')).toBe(
    'Blog has been clear at one month end, 30 September 2026. Clear once more at the next, it would stand in place of community.',
  )
  expect(sayPending({ ...pending, evaluations: 2, asked: 4 }, null)).toBe(
    'Blog has been clear at two month ends in a row, since 30 September 2026. Clear at two more in a row, it would stand.',
  )
})

test('where no change was found that turns it, the tests that decide say what turns them', () => {
  const flip = { to_verdict: 'mixed' as const, change: 'x', amount: 3, sentence: 'It would read as mixed if …' }
  expect(sayFlip({ flip, rules: [] })).toBe(flip.sentence)
  const test = { label: 'How far the data go back', passed: true, smallest_change: 'It would fail with 3 more weeks of data.' }
  const rules = [{ is_decisive: true, tests: [test, { ...test, passed: false }] }] as unknown as Parameters<typeof sayFlip>[0]['rules']
  expect(sayFlip({ flip: null, rules })).toMatch(
    /^No small change .+\. How far the data go back: It would fail with 3 more weeks of data\.$/,
  )
})

test('why a month reads as it does, where another verdict stands', () => {
  const at = '2015-09-30'
  expect(sayWhyOfMonth({ at, verdict: 'blog', because: 'One person made 9 of 9.' })).toBe(
    'September 2015 reads as a blog: one person made 9 of 9.',
  )
  expect(sayWhyOfMonth({ at, verdict: 'blog', because: '142 of 211.' })).toBe('September 2015 reads as a blog: 142 of 211.')
  expect(sayWhyOfMonth({ at, verdict: 'mixed', because: 'Nearest is blog.' })).toBe('September 2015 reads as mixed. Nearest is blog.')
})

test('what caps the strength is said once', () => {
  const cap = 'From fewer than 10 threads it is never called clear.'
  expect(saySupport({ sentence: `Leaning: 950 of 1,000 agree. ${cap}`, caps: [cap] })).toBe('950 of 1,000 agree.')
})
