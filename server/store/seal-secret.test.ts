import { describe, expect, it } from 'vitest'
import { openSecret, sealSecret } from './seal-secret.ts'

const KEY = 'the secret of a server, long enough'

describe('a sealed secret', () => {
  it('opens with the same key and for the same row alone, and never looks the same', () => {
    const sealed = sealSecret(KEY, 'row-1', 's3cret')
    expect(openSecret(KEY, 'row-1', sealed)).toBe('s3cret')
    expect(openSecret(`${KEY}r`, 'row-1', sealed)).toBeNull()
    expect(openSecret(KEY, 'row-2', sealed)).toBeNull()
    expect(sealSecret(KEY, 'row-1', 's3cret').equals(sealed)).toBe(false)
    expect(sealed.includes('s3cret')).toBe(false)
  })

  it('does not open when a byte of it was changed or left out', () => {
    const sealed = sealSecret(KEY, 'row-1', 's3cret')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] as number) ^ 1
      expect(openSecret(KEY, 'row-1', changed)).toBeNull()
    }
    for (const length of [0, 5, 27, sealed.length - 1]) expect(openSecret(KEY, 'row-1', sealed.subarray(0, length))).toBeNull()
  })
})
