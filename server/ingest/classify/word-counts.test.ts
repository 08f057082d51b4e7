import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WORD_FAMILIES } from '../../../shared/work-words.ts'
import { countWords, wordCounterFor } from './word-counts.ts'
import { DEFAULT_WORDS } from './word-families.ts'

const words = (text: string) => countWords(null, text).word_count
const artefacts = (text: string) => countWords(null, text).artefact_word_count
const documents = (text: string) => countWords(null, text).document_word_count

describe('words', () => {
  it.each([
    ['', 0],
    ['… — 🙂 !!', 0],
    ["Don't panic, it's 3 o’clock", 5],
    ['Wie groß ist das Ventil?', 5],
    ['Сколько стоит насос', 3],
    ['कितना समय लगेगा', 3],
    ['see https://example.org/a/b?c=d and go', 4],
    ['ポンプを直しました', 5],
    ['一二', 1],
  ])('of "%s" are %i', (text, count) => {
    expect(words(text)).toBe(count)
  })

  it('of title and text count together', () => {
    expect(countWords('Two words', 'and three more')).toEqual({
      word_count: 5,
      artefact_word_count: 0,
      document_word_count: 0,
      work_words: null,
    })
    expect(countWords('Only this', null).word_count).toBe(2)
    expect(countWords(null, undefined).word_count).toBe(0)
  })
})

describe('words of artefacts and procedure', () => {
  it.each([
    ['the PR is merged, rebase your branch', 4],
    ['two pull requests and a merge request', 2],
    ['see #12 and JIRA-431', 2],
    ['https://github.com/a/b/pull/7 and https://example.org/branch/merge', 1],
    ['agenda and minutes of the stand-up', 3],
    ['a pull-request for the sprint backlog', 3],
    ['Meeting: action items, sign-off, call notes', 4],
  ])('in "%s" are %i', (text, count) => {
    expect(artefacts(text)).toBe(count)
  })

  it.each([
    'Mr Smith and Mr. Jones',
    'wait 5 minutes, or a few minutes',
    'back in ten minutes',
    'UTF-8, COVID-19 and ISO-8601',
    'it&#39;s',
    'émerge à peine',
    'the submerged pump',
    'a pr stunt',
  ])('are none in "%s"', (text) => {
    expect(artefacts(text)).toBe(0)
  })
})

describe('words of documents and building', () => {
  it.each([
    ['review the draft of section 3', 3],
    ['the working group reached consensus on the wording', 3],
    ['Fixed and released; one blocker, one to-do, two todos', 5],
    ['what to do with a broken pump', 0],
    ['a shipping company', 0],
  ])('in "%s" are %i', (text, count) => {
    expect(documents(text)).toBe(count)
  })
})

describe('which words were counted', () => {
  it('are kept as they stand in the list, by family', () => {
    expect(
      countWords('Merge  Request', 'MERGED #7 #8 ABC-1 PR prs https://example.org/pull/3 Minutes, pull-request, todo, to-do').work_words,
    ).toEqual({
      artefact: { 'merge request': 1, merged: 1, '#…': 2, 'ABC-…': 1, PR: 1, '/pull/…': 1, 'pull request': 1 },
      procedure: { minutes: 1 },
      build: { todo: 1, 'to-do': 1 },
    })
  })

  it('never hold anything of the text but what the lists hold, and sum to the counts', () => {
    const listed = Object.values(DEFAULT_WORDS.en ?? {}).flat()
    const piece = fc.oneof(
      fc.constantFrom(...listed, '#123', 'SECRET-42', 'https://secret.example/pull/9', 'ten minutes'),
      fc.string({ unit: 'grapheme' }),
    )
    const text = fc
      .array(fc.tuple(piece, fc.constantFrom(' ', '-', '\n', ', ', ''), fc.boolean()), { maxLength: 20 })
      .map((pieces) => pieces.map(([one, gap, isLoud]) => (isLoud ? one.toUpperCase() : one) + gap).join(''))
    fc.assert(
      fc.property(text, (written) => {
        const { work_words, artefact_word_count, document_word_count } = countWords(null, written)
        const sum = { artefact: 0, procedure: 0, document: 0, build: 0 }
        for (const family of WORD_FAMILIES)
          for (const [word, count] of Object.entries(work_words?.[family] ?? {})) {
            expect(DEFAULT_WORDS.en?.[family]).toContain(word)
            sum[family] += count
          }
        expect(sum.artefact + sum.procedure).toBe(artefact_word_count)
        expect(sum.document + sum.build).toBe(document_word_count)
        expect(work_words === null).toBe(artefact_word_count + document_word_count === 0)
      }),
    )
  })

  it('are none where no word of work stands', () => {
    expect(countWords('My pump', 'leaks').work_words).toBeNull()
  })
})

describe('words of a community', () => {
  const found = (lists: Parameters<typeof wordCounterFor>[0], text: string) => wordCounterFor(lists)(null, text).work_words

  it('are compiled once, whoever asks', () => {
    expect(wordCounterFor({ de: { build: ['bauen'] } })).toBe(wordCounterFor({ de: { build: ['bauen'] } }))
  })

  it('of several languages count together, in whatever language the text is', () => {
    const lists = { en: { procedure: ['meeting'] }, de: { procedure: ['Sitzung', 'Tagesordnung'] }, el: { procedure: ['συνεδριάσεις'] } }
    expect(found(lists, 'Die SITZUNG, the meeting, η ΣΥΝΕΔΡΙΆΣΕΙΣ')).toEqual({
      procedure: { Sitzung: 1, meeting: 1, συνεδριάσεις: 1 },
    })
  })

  it('of two families count once, in the first', () => {
    expect(found({ en: { build: ['draft'], document: ['Draft'] } }, 'a draft')).toEqual({ document: { Draft: 1 } })
  })

  it('in capitals count only in capitals', () => {
    expect(found({ en: { artefact: ['SOP', 'ÄA'] } }, 'the SOP, a sop, ÄA and äa')).toEqual({ artefact: { SOP: 1, ÄA: 1 } })
  })

  it('hold a space for any white space or hyphen, and a hyphen for itself', () => {
    expect(
      found({ en: { procedure: ['ward round'], build: ['roll-out'] } }, 'ward round, Ward-Round, ward \n round; roll-out, roll out'),
    ).toEqual({
      procedure: { 'ward round': 3 },
      build: { 'roll-out': 1 },
    })
  })

  it('are whole words: a mark belongs to the letter before it', () => {
    expect(found({ en: { build: ['cafe'] } }, 'cafe\u0301 cafes cafe_1 decafe')).toBeNull()
    expect(found({ fr: { build: ['café'] } }, 'cafe\u0301 café CAFÉ')).toEqual({ build: { café: 3 } })
    // not so where a script has no spaces
    expect(found({ ja: { procedure: ['会議'] } }, '明日の会議を始める')).toEqual({ procedure: { 会議: 1 } })
  })

  it('are found from right to left as from left to right', () => {
    expect(found({ ar: { procedure: ['اجتماع'] } }, '\u202bاجتماع\u202c merge اجتماع')).toEqual({ procedure: { اجتماع: 2 } })
  })

  it('leave out what they do not name: ticket numbers, links, minutes', () => {
    expect(found({ en: { artefact: ['merge'] } }, '#12 ABC-1 https://example.org/pull/1 minutes PR')).toBeNull()
  })

  it('that fold in a way of their own are found under their listed form', () => {
    // a long s and a Kelvin sign, which any case of s and k matches
    expect(found({ en: { build: ['ship', 'task'] } }, '\u017fhip ta\u017f\u212a')).toEqual({ build: { ship: 1, task: 1 } })
  })

  it('that are none find nothing', () => {
    expect(found({}, 'merge #1')).toBeNull()
    expect(found({ en: { artefact: [], build: [' '] } }, 'merge')).toBeNull()
  })
})

describe('a hostile text', () => {
  const long = Array.from({ length: 500 }, (_, i) => `${'w'.repeat(50)} ${i}`)
  const hostile = { en: { artefact: ['(a+)+$', '(.*)*', 'a b c', '#…', 'ABC-…', '/pull/…'], procedure: ['minutes', 'w w'], build: long } }
  const fastest = (count: () => void): number => {
    const times = Array.from({ length: 5 }, () => {
      const start = process.hrtime.bigint()
      count()
      return Number(process.hrtime.bigint() - start)
    })
    return Math.min(...times)
  }

  it.each([
    ['ticket numbers', '#1 '],
    ['ticket numbers without end', '#1'],
    ['figures', '1'],
    ['capitals', 'A'],
    ['keys', 'AB1-1'],
    ['white space', ' '],
    ['hyphens', '- '],
    ['the beginning of a phrase', 'pull '],
    ['the beginning of another', `${'w'.repeat(50)} `],
    ['minutes', 'minutes '],
    ['a', 'a'],
    ['marks', '\u0301'],
    ['marked letters', 'e\u0301\u0302'],
    ['words from right to left', '\u202eישיבה '],
    ['links', 'https://x '],
    ['the beginning of a link', 'https:/'],
    ['apostrophes', "a'"],
    ['flags', '🇩🇪'],
  ])('of %s takes time in proportion to its length', (_, unit) => {
    const textOf = (length: number) => `few${unit.repeat(Math.ceil(length / unit.length))}`
    for (const count of [countWords, wordCounterFor(hostile)]) {
      const [short, long] = [textOf(4_000), textOf(128_000)]
      count(null, short)
      // 32 times the text: in proportion 32 times as long, some times that where memory is cleaned up; with its square 1,024 times
      expect(fastest(() => count(null, long)) / fastest(() => count(null, short))).toBeLessThan(300)
    }
  })

  it('of a megabyte of ticket numbers is counted as it stands', () => {
    expect(countWords(null, '#1 '.repeat(350_000))).toMatchObject({ word_count: 350_000, work_words: { artefact: { '#…': 350_000 } } })
  })
})
