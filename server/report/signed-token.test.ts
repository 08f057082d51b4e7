import { describe, expect, it } from 'vitest'
import { makeToken, readToken } from './signed-token.ts'

const secret = 'a secret of more than thirty-two letters'

describe('a signed token', () => {
  it('gives back what it was made of', () => {
    expect(readToken(secret, 'report', makeToken(secret, 'report', ['5f0c', '2025-12', '3']))).toEqual(['5f0c', '2025-12', '3'])
  })

  it('opens nothing with another secret, for another purpose, or changed by a letter', () => {
    const token = makeToken(secret, 'report', ['5f0c', '2025-12'])
    expect(readToken(`${secret}!`, 'report', token)).toBeNull()
    expect(readToken(secret, 'unsubscribe', token)).toBeNull()
    for (const changed of [token.replace('5f0c', '5f0d'), `${token}A`, token.slice(0, -1), '', '.', 'x', `.${token}`, 'é.é'])
      expect(readToken(secret, 'report', changed)).toBeNull()
  })

  it('is refused parts that would read as others', () => {
    expect(() => makeToken(secret, 'report', ['a.b'])).toThrow(RangeError)
  })
})
