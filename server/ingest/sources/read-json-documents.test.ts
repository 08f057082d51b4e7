import { describe, expect, it } from 'vitest'
import { givenFiles } from './given-files.ts'
import { type JsonPiece, readJsonDocuments } from './read-json-documents.ts'

const read = async (text: string | Uint8Array, paths: string[] = [''], size = 1000, maxValueBytes?: number): Promise<JsonPiece[]> => {
  const [file] = givenFiles({ 'a.json': text }, size).files
  return Array.fromAsync(readJsonDocuments(file!, { paths, maxValueBytes }))
}
const values = (pieces: JsonPiece[]) => pieces.map((piece) => (piece.kind === 'problem' ? piece.problem.code : piece.value))

describe('documents of JSON in a file', () => {
  it('reads pages written one behind the other, in pieces of any size', async () => {
    const text = '[{"id":1},{"id":2}][{"id":3,"text":"a \\"]\\" [ {"}]\n[]\n[{"id":4}]'
    for (const size of [1, 2, 3, 7, 1000])
      expect(values(await read(text, [''], size))).toEqual([{ id: 1 }, { id: 2 }, { id: 3, text: 'a "]" [ {' }, { id: 4 }])
  })

  it('reads lines of objects, whose positions go on', async () => {
    expect((await read('\ufeff{"id":1}\r\n{"id":2,"of":{"a":[1]}}\n')).map(({ position }) => position)).toEqual([1, 2])
    expect(values(await read('{"id":1}\n{"id":2,"of":{"a":[1]}}\n', ['', '/nodes']))).toEqual([{ id: 1 }, { id: 2, of: { a: [1] } }])
  })

  it('gives what stands beside a list behind its elements', async () => {
    const text = '{"stream":{"posts":[{"id":1},{"id":2}],"ids":[1,2]},"title":"Seals"}'
    expect(values(await read(text, ['/stream/posts'], 5))).toEqual([{ id: 1 }, { id: 2 }, { 'stream/ids': [1, 2], title: 'Seals' }])
  })

  it('passes by a value that is too large, and reads on', async () => {
    expect(values(await read(`[{"a":"${'x'.repeat(200)}"},{"a":1}]`, [''], 10, 100))).toEqual(['too_large', { a: 1 }])
  })

  it('passes by a line that is no JSON', async () => {
    expect(values(await read('{"a":1}\n{"a":1 2}\n{"a":3}\n'))).toEqual([{ a: 1 }, 'malformed_json', { a: 3 }])
  })

  it('says once that a file is not written in UTF-8, and is not led astray by the names in it', async () => {
    const notes: string[] = []
    const [file] = givenFiles({ 'a.json': Buffer.from('[{"a":"Stra\u00dfe"},{"a":"gr\u00fcn"}]', 'latin1') }).files
    const options = { paths: [''], note: (text: string) => void notes.push(text) }
    expect(await Array.fromAsync(readJsonDocuments(file!, options))).toHaveLength(2)
    expect(notes).toEqual([expect.stringMatching(/a\.json is not written in UTF-8/)])
    expect(values(await Array.fromAsync(readJsonDocuments(file!, { ...options, encoding: 'windows-1252' })))).toEqual([
      { a: 'Straße' },
      { a: 'grün' },
    ])
    const [piece] = await read('{"__proto__":{"title":"x"},"list":[]}', ['/list'])
    expect(piece?.kind === 'rest' && 'title' in piece.value).toBe(false)
  })

  it('says where a file is cut, empty or no JSON', async () => {
    await expect(read('[{"id":1},{"id":')).rejects.toThrow(/a\.json ends in the middle, after 1 entry/)
    await expect(read('')).rejects.toThrow(/is empty/)
    await expect(read('[{"id":1}]\nid,name')).rejects.toThrow(/not JSON near byte \d+.*1 entry before/)
    await expect(read('{"list":[1 2]}', ['/list'])).rejects.toThrow(/not JSON/)
  })
})
