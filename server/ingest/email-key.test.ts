import { describe, expect, it } from 'vitest'
import { emailKey } from './email-key.ts'

const keyOf = (email: string | null, id = 'u1') => emailKey({ id, email })

describe('addresses compared', () => {
  it('are the same however they were written, and never kept as they were', () => {
    for (const written of ['Ana@Example.org', ' ana@example.org ', 'ana at example.org', 'ana (at) example.org'])
      expect(keyOf(written)).toBe(keyOf('ana@example.org'))
    expect(keyOf('ana@example.org')).toMatch(/^[0-9a-f-]{36}$/)
    expect(keyOf('ben@example.org')).not.toBe(keyOf('ana@example.org'))
  })

  it('stand in the id where the source has no other', () => {
    expect(keyOf(null, 'ana@example.org')).toBe(keyOf('ana@example.org'))
    expect(keyOf('n/a', 'Ana@example.org')).toBe(keyOf('ana@example.org'))
  })

  it.each([
    'info@example.org',
    'no-reply@example.org',
    'noreply-42@example.org',
    'donotreply@example.org',
    'pumps-owner@lists.example.org',
    'notifications@github.com',
    'support+17@example.org',
  ])('%s is nobody’s own', (address) => {
    expect(keyOf(address)).toBe(null)
    expect(keyOf(null, address)).toBe(null)
  })

  it.each(['n/a', 'unknown', '', '-', 'ana@localhost', '@ana', 'a b@example.org'])('"%s" is no address that could be shared', (text) => {
    expect(keyOf(text)).toBe(null)
    expect(keyOf(null, text || 'u1')).toBe(null)
  })

  it('a tag behind a plus is part of it', () => {
    expect(keyOf('ana+lists@example.org')).not.toBe(keyOf('ana@example.org'))
  })
})
