import { describe, expect, it } from 'vitest'
import { cleanWords } from './clean-words.ts'

const line = (text: string, length = 100) => cleanWords(text, { length, isOneLine: true })
const story = (text: string, length = 100) => cleanWords(text, { length, isOneLine: false })

describe('words that somebody wrote', () => {
  it('lose what turns or breaks what stands around them', () => {
    expect(line('a\u0000b\nc\t\u202Ed\u2066')).toBe('a b c d')
    expect(story('one\r\ntwo\u2028three\u0007\n\n\n\nfour')).toBe('one\ntwo\nthree\n\nfour')
    expect(story('half \ud83d')).toBe('half \ufffd')
  })

  it('keep what Arabic, Hebrew and emoji are made of', () => {
    const words = 'שלום \u200fעולם \u{1F469}\u200d\u{1F527}'
    expect(line(words)).toBe(words)
  })

  it('are cut between characters', () => {
    expect(story('\u{1F527}\u{1F527}\u{1F527}', 2)).toBe('\u{1F527}\u{1F527}')
    expect(story('x'.repeat(2000), 1000)).toHaveLength(1000)
    expect(story('  ')).toBe('')
  })
})
