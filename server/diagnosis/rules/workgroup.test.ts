import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { craftWindow } from '../example-windows.ts'

describe('workgroup', () => {
  test('begins where half is work', () => {
    expect(decide(craftWindow({ mix: { work: 50, other: 50 } }))).toBe('workgroup')
    expect(decide(craftWindow({ mix: { work: 49, other: 51 } }))).toBe('mixed')
  })

  test('ends where help reaches 40 %', () => {
    expect(decide(craftWindow({ mix: { work: 61, help: 39 } }))).toBe('workgroup')
    expect(decide(craftWindow({ mix: { work: 60, help: 40 } }))).not.toBe('workgroup')
  })

  test('comes before newsletter where both hold half', () => {
    expect(decide(craftWindow({ mix: { work: 50, news: 50 } }))).toBe('workgroup')
  })

  test('on little data holds only where the interval clears the half', () => {
    // Wilson: 12 of 16 begins at 50.5 %, 11 of 16 at 44.4 %
    expect(decide(craftWindow({ mix: { work: 12, discussion: 4 } }))).toBe('workgroup')
    expect(decide(craftWindow({ mix: { work: 11, discussion: 5 } }))).toBe('too_little_data')
  })
})
