import { describe, expect, it } from 'vitest'
import { countWords } from './word-counts.ts'

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
