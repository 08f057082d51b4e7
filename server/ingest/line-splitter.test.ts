import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineSplitter } from './line-splitter.ts'

const split = (chunks: Buffer[], limit = 100) => {
  const splitter = new LineSplitter(limit)
  const lines = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()]
  return lines.map(({ index, bytes }) => [index, bytes === null ? null : bytes.toString()])
}
const splitText = (text: string, limit?: number) => split([Buffer.from(text)], limit)

describe('LineSplitter', () => {
  it('counts blank lines and leaves them out', () => {
    expect(splitText('a\n\n \t\r\nb')).toEqual([
      [0, 'a'],
      [3, 'b'],
    ])
  })

  it('takes a byte order mark and carriage returns off, the mark only at the beginning', () => {
    expect(splitText('\uFEFFa\r\n\uFEFFb\r\n')).toEqual([
      [0, 'a'],
      [1, '\uFEFFb'],
    ])
  })

  it('gives null for a line over the limit and goes on behind it', () => {
    expect(splitText(`${'x'.repeat(100)}\r\n${'x'.repeat(101)}\n${'x'.repeat(500)}\nb`)).toEqual([
      [0, 'x'.repeat(100)],
      [1, null],
      [2, null],
      [3, 'b'],
    ])
  })

  it('finds nothing in nothing', () => {
    expect(splitText('')).toEqual([])
    expect(splitText('\n\n')).toEqual([])
  })

  it('does not depend on where the chunks are cut', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '\n', '\r\n', ' ', '\uFEFF', 'xxxxxxxxxxxxxxx', '🙂'))
      .map((parts) => Buffer.from(parts.join('')))
    fc.assert(
      fc.property(text, fc.array(fc.nat()), (bytes, cuts) => {
        const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
        const chunks = bounds.slice(1).map((end, i) => bytes.subarray(bounds[i], end))
        expect(split(chunks, 20)).toEqual(split([bytes], 20))
      }),
    )
  })
})
