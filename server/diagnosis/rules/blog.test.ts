import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { craftWindow } from '../example-windows.ts'
import { blog } from './blog.ts'

describe('blog', () => {
  test('begins where one person makes half of everything', () => {
    expect(decide(craftWindow({ mix: { discussion: 100 }, contributions: [50] }))).toBe('blog')
    expect(decide(craftWindow({ mix: { discussion: 100 }, contributions: [49] }))).not.toBe('blog')
  })

  test("or where 80 % lies in one person's threads and help is below a fifth", () => {
    const hosted = (host: number, help: number) =>
      decide(craftWindow({ mix: { discussion: 100 - help, help }, contributions: [10], hosted: [host] }))
    expect(hosted(80, 19)).toBe('blog')
    expect(hosted(79, 19)).not.toBe('blog')
    expect(hosted(80, 20)).not.toBe('blog')
  })

  test('or where one person starts half of the threads and most posts find nobody', () => {
    const started = (by: number, mix: { broadcast: number; discussion: number }) =>
      decide(craftWindow({ mix, contributions: [by], starts: [by, ...Array.from({ length: 60 - by }, () => 1)] }))
    expect(started(30, { broadcast: 51, discussion: 49 })).toBe('blog')
    expect(started(29, { broadcast: 51, discussion: 49 })).not.toBe('blog')
    // a tie is not the largest
    expect(started(30, { broadcast: 50, discussion: 50 })).not.toBe('blog')
  })

  test('one person alone, twelve of twelve, is a blog although the data are few', () => {
    expect(decide(craftWindow({ mix: { broadcast: 12 }, contributions: [12], starts: [12], hosted: [12] }))).toBe('blog')
    // Wilson: 7 of 12 begins at 32 %
    expect(decide(craftWindow({ mix: { broadcast: 12 }, contributions: [7], starts: [7], hosted: [7] }))).toBe('too_little_data')
  })

  test('the end of the interval decides on little data: 25 of 33 by three people begins at 59 %, 20 of 33 at 44 %', () => {
    expect(decide(craftWindow({ mix: { discussion: 33 }, contributions: [25, 4, 4] }))).toBe('blog')
    expect(decide(craftWindow({ mix: { discussion: 33 }, contributions: [20, 9, 4] }))).toBe('too_little_data')
  })

  test('says which kind of blog', () => {
    expect(blog.sentence(craftWindow({ mix: { discussion: 100 }, contributions: [50] }))).toContain('one person makes most')
    expect(blog.sentence(craftWindow({ mix: { discussion: 100 }, hosted: [90] }))).toContain('threads that one person starts')
    expect(
      blog.sentence(craftWindow({ mix: { broadcast: 60, discussion: 40 }, contributions: [40], starts: [40], hosted: [40] })),
    ).toContain('nobody else joins')
  })
})
