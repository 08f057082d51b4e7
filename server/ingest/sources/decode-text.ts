import { SourceError } from './source.ts'

/** Decodes a text file; a byte order mark (UTF-8 or UTF-16, as spreadsheets write) wins over `encoding`. Bytes that are no text become U+FFFD. */
export async function* decodeText(stream: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  let head: Uint8Array = new Uint8Array()
  for await (const chunk of stream) {
    if (decoder) {
      yield decoder.decode(chunk, { stream: true })
      continue
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
    if (head.length < 2) continue
    decoder = decoderOf(head, encoding)
    yield decoder.decode(head, { stream: true })
  }
  decoder ??= decoderOf(head, encoding)
  const last = decoder.decode(head.length < 2 ? head : undefined)
  if (last !== '') yield last
}

const decoderOf = (head: Uint8Array, encoding: string): TextDecoder => {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be')
  try {
    return new TextDecoder(encoding)
  } catch {
    throw new SourceError(`"${encoding}" is not an encoding this program knows: try utf-8, windows-1252 or utf-16le.`)
  }
}
