import { describe, expect, it } from 'vitest'
import { findNamed } from './find-named.ts'
import { spellName } from './known-names.ts'

const NAMES: Record<string, string> = {
  ana: 'U1',
  'ben.weber': 'U2',
  ben: 'U2',
  help: 'U3',
  pumps: 'U4',
  jo: 'U5',
  '[k]': 'U6',
  'dora maar': 'U7',
  linus: 'U8',
}
const named = (text: string) => findNamed(text, (word) => NAMES[word] ?? null, 'pumps')

describe('whom a message names', () => {
  it.each([
    ['ana: it leaks', 'U1'],
    ['Ana, it leaks', 'U1'],
    ['ana; it leaks', 'U1'],
    ['ana> it leaks', 'U1'],
    ['ana : it leaks', 'U1'],
    ['ana:it leaks', 'U1'],
    ['ana it leaks', 'U1'],
    ['@ana it leaks', 'U1'],
    ['ben.weber it leaks', 'U2'],
    ['jo: it leaks', 'U5'],
    ['@jo it leaks', 'U5'],
    ['help: it leaks', 'U3'],
    ['[k]: it leaks', 'U6'],
    ['ana!, it leaks', 'U1'],
    ['@Dora Maar it leaks', 'U7'],
    ['I asked linus, and it leaks', 'U8'],
    ['I asked linus.', 'U8'],
    ['thanks @ana', 'U1'],
    ['<@U77> it leaks', 'U77'],
    ['<@U77|eva> it leaks', 'U77'],
    ['<@!77>: it leaks', '77'],
    ['greetings <@U77> <@U78>!', 'U77'],
    ['  ana: it leaks', 'U1'],
  ])('"%s": %s', (text, id) => {
    expect(named(text)).toBe(id)
  })

  it.each([
    '',
    ' ',
    'it leaks',
    'help it leaks',
    'jo it leaks',
    'it helps ana here',
    'the pumps leak, all of the pumps',
    'please help me',
    'ask someone: it leaks',
    '@ it leaks',
    ': it leaks',
  ])('"%s": nobody', (text) => {
    expect(named(text)).toBeNull()
  })
})

describe('how a name is written in a chat', () => {
  it('is whole, without spaces, and by its first word', () => {
    expect(spellName('Dora Maar')).toEqual(['dora maar', 'doramaar', 'dora'])
    expect(spellName('ben.weber')).toEqual(['ben.weber', 'benweber', 'ben'])
    expect(spellName('|trey|')).toEqual(['|trey|'])
    // "will" and "al" are words
    expect(spellName('Will Turner')).toEqual(['will turner', 'willturner'])
    expect(spellName('Al Capone')).toEqual(['al capone', 'alcapone'])
  })
})
