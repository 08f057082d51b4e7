import { describe, expect, it } from 'vitest'
import { chooseEncoding, createAnswerCache } from './answer-cache.ts'

const of = (text: string) => async () => ({ text, isKept: true })
const never = () => Promise.reject(new Error('it was made again'))

describe('the cache of answers', () => {
  it('makes an answer once for all who ask, also while it is being made', async () => {
    const cache = createAnswerCache()
    let made = 0
    const make = async () => ({ text: `made ${++made}`, isKept: true })
    const answers = await Promise.all([cache.find('a', make), cache.find('a', make), cache.find('a', make)])
    expect(answers.map(({ body }) => String(body))).toEqual(['made 1', 'made 1', 'made 1'])
    expect(String((await cache.find('a', never)).body)).toBe('made 1')
    expect(String((await cache.find('b', make)).body)).toBe('made 2')
  })

  it('keeps no failure, and nothing that is not to be kept', async () => {
    const cache = createAnswerCache()
    await expect(cache.find('a', never)).rejects.toThrow('made again')
    expect(String((await cache.find('a', async () => ({ text: 'torn', isKept: false }))).body)).toBe('torn')
    expect(String((await cache.find('a', of('whole'))).body)).toBe('whole')
  })

  it('forgets what was not asked for longest, once there is too much', async () => {
    const cache = createAnswerCache(300)
    const text = 'x'.repeat(100)
    for (const key of ['a', 'b', 'c']) await cache.find(key, of(text))
    await cache.find('a', never)
    await cache.find('d', of(text))
    await cache.find('a', never)
    await expect(cache.find('b', never)).rejects.toThrow('made again')
    // larger than all there is room for: sent, and not kept
    await cache.find('e', of('x'.repeat(500)))
    await expect(cache.find('e', never)).rejects.toThrow('made again')
  })

  it('gives the same tag to the same bytes and another to others', async () => {
    const cache = createAnswerCache()
    const [a, b, c] = await Promise.all([cache.find('a', of('1')), cache.find('b', of('1')), cache.find('c', of('2'))])
    expect(a.etag).toBe(b.etag)
    expect(a.etag).not.toBe(c.etag)
  })
})

describe('the encoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['br;q=0.000,gzip; q=0', 'identity'],
    ['deflate', 'identity'],
  ])('for %s is %s', (header, encoding) => {
    expect(chooseEncoding(header)).toBe(encoding)
  })
})
