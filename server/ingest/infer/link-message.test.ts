import { describe, expect, it } from 'vitest'
import { ChannelState } from './channel-state.ts'
import { spellName } from './known-names.ts'
import { linkMessage } from './link-message.ts'

type Line = [minute: number, author: string | null, text: string]

/** What each line answers, by its place counted from 0, and how that was found; its own place where it opens. */
const answersOf = (lines: readonly Line[], bots: readonly string[] = []) => {
  const state = new ChannelState()
  return lines.map(([minute, author, text], i) => {
    const { in_reply_to, by } = linkMessage(state, 'pumps', {
      id: String(i),
      author,
      names: () => spellName(author ?? ''),
      at: minute * 60_000,
      text,
      is_bot: bots.includes(author ?? ''),
      is_system: author === null,
    })
    return `${in_reply_to ?? i} ${by}`
  })
}
/** What the last line answers. */
const lastOf = (...lines: Line[]) => answersOf(lines).at(-1)

describe('which message of a flat chat another answers', () => {
  it('is the last of the person it names, for half an hour', () => {
    expect(lastOf([0, 'ana', 'my pump leaks'], [1, 'carl', 'hi'], [30, 'ben', 'ana: which one'])).toBe('0 named')
    expect(lastOf([0, 'ana', 'my pump leaks'], [1, 'carl', 'hi'], [31, 'ben', 'ana: which one'])).toBe('2 opens')
  })

  it('is my own last where I go on to somebody who has not come back to me', () => {
    expect(lastOf([0, 'ana', 'it leaks'], [1, 'ben', 'ana: close it'], [2, 'ben', 'ana: then open it'])).toBe('1 named')
    expect(lastOf([0, 'ana', 'it leaks'], [1, 'ben', 'ana: close it'], [2, 'ana', 'ben: how'], [3, 'ben', 'ana: by hand'])).toBe('2 named')
  })

  it('is the latest that was meant for me, or for all, of whom I spoke to before and who now speaks to another', () => {
    expect(
      lastOf(
        [0, 'ana', 'it leaks'],
        [1, 'ben', 'ana: close it'],
        [2, 'dora', 'hello'],
        [7, 'ana', 'dora: hello'],
        [8, 'ben', 'ana: done?'],
      ),
    ).toBe('0 named')
  })

  it('is what named me since I last spoke', () => {
    expect(lastOf([0, 'ana', 'it leaks'], [1, 'ben', '@ana close it'], [2, 'carl', 'lunch'], [6, 'ana', 'it still does'])).toBe('1 named')
    expect(lastOf([0, 'ana', 'it leaks'], [1, 'ben', 'ana, close it'], [7, 'ana', 'it still does'])).not.toBe('1 named')
  })

  it('is what was found to answer me without a name', () => {
    const lines: Line[] = [
      [0, 'ana', 'does it leak?'],
      [1, 'ben', 'yes it does'],
      [2, 'ana', 'thanks'],
    ]
    expect(answersOf(lines)).toEqual(['0 opens', '0 guess', '1 guess'])
  })

  it('is, while one or two others are there, what came after mine and was meant for nobody else', () => {
    expect(lastOf([0, 'ana', 'it leaks'], [1, 'ben', 'the red one'], [4, 'ana', 'no'])).toBe('1 guess')
    expect(lastOf([0, 'ana', 'it leaks'], [1, 'ben', '<@U9> lunch'], [4, 'ana', 'no'])).not.toBe('1 guess')
    const full: Line[] = [
      [0, 'ana', 'it leaks'],
      [0, 'dora', 'so'],
      [0, 'emil', 'so'],
      [1, 'ben', 'the red one'],
      [4, 'ana', 'no'],
    ]
    expect(lastOf(...full)).not.toBe('3 guess')
  })

  it('is my own last for two minutes', () => {
    expect(lastOf([0, 'ana', 'it leaks'], [2, 'ana', 'a lot'])).toBe('0 guess')
  })

  it('is the question that was asked last, in a small room, unless I greet or ask', () => {
    expect(lastOf([0, 'ana', 'does it leak?'], [5, 'ben', 'no'])).toBe('0 guess')
    expect(lastOf([0, 'ana', 'does it leak?'], [5, 'ben', 'hello everyone'])).toBe('1 opens')
    expect(lastOf([0, 'ana', 'does it leak?'], [5, 'ben', 'does mine?'])).toBe('1 opens')
  })

  it('is the question after which everybody fell silent, for a day', () => {
    const day = 24 * 60
    expect(lastOf([0, 'ana', 'does it leak?'], [6, 'ben', 'no'])).toBe('0 guess')
    expect(lastOf([0, 'ana', 'does it leak?'], [day, 'ben', 'no'])).toBe('0 guess')
    expect(lastOf([0, 'ana', 'does it leak?'], [day + 1, 'ben', 'no'])).toBe('1 opens')
    expect(lastOf([0, 'ana', 'does it leak?'], [1, 'ana', 'it is the red one'], [90, 'ben', 'no'])).toBe('0 guess')
    // somebody spoke since; or had answered; or it was meant for another; or it is no answer
    expect(lastOf([0, 'ana', 'does it leak?'], [30, 'carl', 'hello'], [90, 'ben', 'no'])).toBe('2 opens')
    expect(lastOf([0, 'ana', 'does it leak?'], [1, 'carl', 'it does'], [2, 'ana', 'carl: so it is'], [90, 'ben', 'no'])).toBe('3 opens')
    expect(lastOf([0, 'ana', '<@U9> does it leak?'], [90, 'ben', 'no'])).toBe('1 opens')
    expect(lastOf([0, 'ana', 'does it leak?'], [90, 'ben', 'hello all'])).toBe('1 opens')
    expect(lastOf([0, 'ana', 'does it leak?'], [90, 'ben', 'who has a saw?'])).toBe('1 opens')
    expect(
      answersOf(
        [
          [0, 'bot', 'does it leak?'],
          [90, 'ben', 'no'],
        ],
        ['bot'],
      ).at(-1),
    ).toBe('1 opens')
  })

  it('is what I opened myself within half an hour, while nobody has joined it: asked again is not asked twice', () => {
    const [asked, bens]: Line[] = [
      [0, 'ana', 'does it leak?'],
      [10, 'ben', 'hello everyone'],
    ]
    expect(lastOf(asked as Line, bens as Line, [30, 'ana', 'does anyone know?'])).toBe('0 guess')
    expect(lastOf(asked as Line, bens as Line, [31, 'ana', 'does anyone know?'])).toBe('2 opens')
    expect(lastOf(asked as Line, [1, 'ben', 'ana: yes'], [20, 'ana', 'and the valve?'])).toBe('2 opens')
    // what a bot says joins nothing
    expect(answersOf([asked as Line, [1, 'bot', 'ana: see the manual'], [20, 'ana', 'does anyone know?']], ['bot']).at(-1)).toBe('0 guess')
  })

  it('is none for the system, for an unknown author and for a bot without a command', () => {
    expect(lastOf([0, 'ana', 'does it leak?'], [0, null, 'ben has joined'])).toBe('1 opens')
    const lines: Line[] = [
      [0, 'ana', 'does it leak?'],
      [0, 'bot', 'ana: read the manual'],
      [1, 'ben', '!manual'],
      [2, 'bot', 'here it is'],
    ]
    expect(answersOf(lines, ['bot'])).toEqual(['0 opens', '1 opens', '2 opens', '2 guess'])
  })

  it('is never a later one: messages out of order open their own', () => {
    expect(
      answersOf([
        [100, 'ana', 'does it leak?'],
        [50, 'ben', 'ana: yes'],
        [51, 'ana', 'ben: thanks'],
        [52, 'ben', 'good'],
      ]),
    ).toEqual(['0 opens', '1 opens', '1 named', '2 named'])
  })

  it('is never itself, where the same message comes twice', () => {
    const state = new ChannelState()
    const message = { id: 'm', author: 'ana', names: () => ['ana'], at: 0, text: 'it leaks', is_bot: false, is_system: false }
    expect(linkMessage(state, 'pumps', message)).toEqual({ in_reply_to: null, thread_id: 'm', by: 'opens' })
    expect(linkMessage(state, 'pumps', message)).toEqual({ in_reply_to: null, thread_id: 'm', by: 'opens' })
  })

  it('comes to the question after a greeting, once, as long as nobody has joined', () => {
    const state = new ChannelState()
    const asks = (id: string, author: string, at: number, text: string) =>
      linkMessage(state, 'pumps', { id, author, names: () => [author], at: at * 60_000, text, is_bot: false, is_system: false }).is_question
    expect([
      asks('1', 'ana', 0, 'hello'),
      asks('2', 'ana', 1, 'my pump is old'),
      asks('3', 'ana', 3, 'does anyone know why it leaks?'),
      asks('4', 'ana', 4, 'or where to get another?'),
      asks('5', 'ben', 5, 'ana: which one?'),
      asks('6', 'ana', 6, 'ben: the red one?'),
    ]).toEqual([undefined, undefined, true, undefined, undefined, undefined])
  })

  it('lies in the thread of what it answers', () => {
    const state = new ChannelState()
    const say = (id: string, author: string, at: number, text: string) =>
      linkMessage(state, 'pumps', { id, author, names: () => [author], at: at * 60_000, text, is_bot: false, is_system: false }).thread_id
    expect([say('1', 'ana', 0, 'does it leak?'), say('2', 'ben', 1, 'ana: where'), say('3', 'ana', 2, 'ben: below')]).toEqual([
      '1',
      '1',
      '1',
    ])
  })
})

describe('what is remembered of a channel', () => {
  it('is bounded, however many people speak', () => {
    const state = new ChannelState()
    for (let i = 0; i < 12_000; i++)
      linkMessage(state, 'pumps', {
        id: String(i),
        author: `person ${i}`,
        names: () => [`person${i}`],
        at: i * 1000,
        text: `person${i - 1}: so it is`,
        is_bot: false,
        is_system: false,
      })
    expect(state.speakers.size).toBe(10_000)
    expect(state.whoIs('person1')).toBeNull()
    expect(state.whoIs('person11999')).toBe('person 11999')
    expect([...state.speakers.values()].filter((speaker) => speaker.recent.length > 0).length).toBeLessThan(3_000)
    expect(state.back(201)).toBeUndefined()
  })
})
