import { expect, test } from 'vitest'
import { plainLine, plainLines, sayName, shorten } from './plain-words.ts'
import { sayFraction } from './say-fraction.ts'
import { namesFew, SMALL_GROUP, sayReason } from './say-reason.ts'

test('a part of a group is said as people say it, and none and all only where it is so', () => {
  const said = [0, 0.001, 0.05, 0.1, 0.14, 0.25, 0.33, 0.41, 0.5, 0.6, 0.66, 0.75, 0.82, 0.89, 0.96, 0.999, 1].map((share) =>
    sayFraction(share, 'members'),
  )
  expect(said).toEqual([
    'none of the members',
    'fewer than one in twenty members',
    'about one in twenty members',
    'about one in ten members',
    'about one in seven members',
    'about a quarter of the members',
    'about a third of the members',
    'about two in five of the members',
    'about half of the members',
    'about three in five of the members',
    'about two thirds of the members',
    'about three quarters of the members',
    'about four in five of the members',
    'about nine in ten of the members',
    'nearly all members',
    'nearly all members',
    'all members',
  ])
})

test('a reason names no source, and nothing of one to four people', () => {
  expect(sayReason('Not available from stack-exchange, which does not tell what was read.')).toBe('No source tells what was read.')
  expect(sayReason('Not available from a and b, which do not tell which contributions are questions or which answers were accepted.')).toBe(
    'No source tells who asked.',
  )
  expect(sayReason('30 answers by 4 people; it takes 30 by 5.')).toBe(SMALL_GROUP)
  expect(sayReason('29 answers by 8 people; it takes 30 by 5.')).toBe('Too few to say: 29 answers by 8 people; it takes 30 by 5.')
  expect(
    sayReason('31 of 70 questions have an answer so far; the waiting of the others does not let the curve fall to 50\u00a0% open.'),
  ).toBe('31 of 70 questions have an answer so far: too few for half of them.')
  expect(['1\u00a0person', 'three members', '(2 people)', 'by 4 people'].map(namesFew)).toEqual([true, true, true, true])
  expect(['14 people', '1,204 members', 'one person gave 3 of 4 answers', '2.4 people a week'].map(namesFew)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('words of others are one line, or lines, without what could reorder or break ours', () => {
  expect(plainLine(' a\u202eb\n\tc\u0000 \u200bd\ud800 ')).toBe('a b c d')
  expect(plainLines('One.\r\n\r\n\r\n\r\nTwo\u2066 three.\u0007')).toBe('One.\n\nTwo three.')
  expect(sayName('Seals & Bearings')).toBe('Seals & Bearings')
  expect(sayName('Pumps. It is')).toBe('“Pumps. It is”')
  expect(sayName('\u202e\u0000')).toBe('This community')
  expect(sayName('x'.repeat(61))).toBe(`“${'x'.repeat(60)}…”`)
})

test('what is shortened ends with a sentence where one ends late enough, else with a word, else anywhere', () => {
  expect(shorten('Short enough.', 20)).toEqual({ text: 'Short enough.', is_shortened: false })
  expect(shorten('This is one sentence. This is another one.', 30)).toEqual({ text: 'This is one sentence. …', is_shortened: true })
  expect(shorten('Yes. And then on and on it went for ever', 30)).toEqual({ text: 'Yes. And then on and on it …', is_shortened: true })
  expect(shorten('x'.repeat(50), 30)).toEqual({ text: `${'x'.repeat(28)} …`, is_shortened: true })
  expect(shorten('é'.normalize('NFD').repeat(50), 30).text.normalize('NFC')).toBe(`${'é'.repeat(28)} …`)
})
