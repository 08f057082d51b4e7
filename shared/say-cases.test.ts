import { expect, test } from 'vitest'
import type { CasesDescription } from './contract/case-set.ts'
import { sayCases } from './say-cases.ts'
import type { Unit } from './unit.ts'

const nothing: CasesDescription = { equals: null, set: null, numerator: null, denominator: null, none: null }
const set = (words: string, amount: string | null = null) => ({ kind: 'people' as const, words, amount })

test.each<[Partial<CasesDescription>, Unit, string]>([
  [
    { numerator: set('people who did both'), denominator: set('people who gave or received help') },
    'share',
    'People who did both ÷ people who gave or received help.',
  ],
  [
    { numerator: set('answers by the top person', 'answers'), denominator: set('answers', 'answers') },
    'share',
    'Answers by the top person ÷ answers. Each case adds its answers.',
  ],
  [
    { numerator: set('questions answered so far'), denominator: set('questions asked') },
    'hours',
    'It rests on questions asked; apart: questions answered so far.',
  ],
  [
    { numerator: set('members gone quiet'), denominator: set('members at the end') },
    'people',
    'Members gone quiet, of all members at the end.',
  ],
  [{ equals: 'value', set: set('questions asked') }, 'questions', 'Questions asked: as many as there are.'],
  [{ equals: 'value', set: set('joinings and leavings', 'members') }, 'people', 'Joinings and leavings: what they add up to, in members.'],
  [{ equals: 'n', set: set('pairs of helper and helped') }, 'index', 'It rests on pairs of helper and helped.'],
  [{ none: 'Nothing is listed.' }, 'share', 'Nothing is listed.'],
])('%o in %s', (cases, unit, said) => expect(sayCases({ cases: { ...nothing, ...cases }, unit })).toBe(said))
