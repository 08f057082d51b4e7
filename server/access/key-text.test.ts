import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeKeyText, readKeyText } from './key-text.ts'

describe('the text of a key', () => {
  it('names its community and leads to the hash that was kept', () => {
    fc.assert(
      fc.property(fc.uuid({ version: [4, 7] }), (communityId) => {
        const made = makeKeyText(communityId)
        expect(readKeyText(made.text)).toEqual({ communityId, secretHash: made.secretHash })
      }),
    )
  })

  it('is one word of letters, digits and underscores, so that a double click selects it', () => {
    expect(makeKeyText('0b0e8f0a-1111-4222-8333-444455556666').text).toMatch(/^br_\w{26}_\w{52}$/)
  })

  it('differs each time', () => {
    const community = '0b0e8f0a-1111-4222-8333-444455556666'
    expect(makeKeyText(community).text).not.toBe(makeKeyText(community).text)
  })

  it('changed in any one letter is no key or another key', () => {
    const made = makeKeyText('0b0e8f0a-1111-4222-8333-444455556666')
    for (let at = 0; at < made.text.length; at += 1) {
      for (const letter of 'a2_x') {
        const changed = made.text.slice(0, at) + letter + made.text.slice(at + 1)
        if (changed === made.text) continue
        const read = readKeyText(changed)
        if (read !== null && read.communityId === '0b0e8f0a-1111-4222-8333-444455556666') {
          expect(read.secretHash.equals(made.secretHash), `letter ${at} as ${letter}`).toBe(false)
        }
      }
    }
  })

  it('keeps little of the secret in its hint', () => {
    const made = makeKeyText('0b0e8f0a-1111-4222-8333-444455556666')
    expect(made.hint).toMatch(/^br_…_[a-z2-7]{4}…$/)
    expect(made.text).toContain(`_${made.hint.slice(5, 9)}`)
  })

  it.each(['', 'br_', 'Bearer', 'br_aaaa_bbbb', `${'x'.repeat(10_000)}`, 'BR_AAAAAAAAAAAAAAAAAAAAAAAAAA_'])('%s is no key', (text) => {
    expect(readKeyText(text)).toBeNull()
  })
})
