import { expect, test } from 'vitest'
import type { CasesDescription } from './contract/case-set.ts'
import { sayCases } from './say-cases.ts'

const nothing: CasesDescription = { equals: null, set: null, numerator: null, denominator: null, none: null }
const set = (words: string, amount: string | null = null) => ({ kind: 'people' as const, words, amount })

test.each<[Partial<CasesDescription>, string]>([
  [
    { numerator: set('people who did both'), denominator: set('people who gave or received help') },
    'People who did both ÷ people who gave or received help.',
  ],
  [
    { numerator: set('answers by the top person', 'answers'), denominator: set('answers', 'answers') },
    'Answers by the top person ÷ answers. Each case adds its answers.',
  ],
  [{ equals: 'value', set: set('questions asked') }, 'Questions asked: as many as there are.'],
  [{ equals: 'value', set: set('joinings and leavings', 'members') }, 'Joinings and leavings: what they add up to, in members.'],
  [{ equals: 'n', set: set('pairs of helper and helped') }, 'It rests on pairs of helper and helped.'],
  [{ none: 'Nothing is listed.' }, 'Nothing is listed.'],
])('%o', (cases, said) => expect(sayCases({ ...nothing, ...cases })).toBe(said))
