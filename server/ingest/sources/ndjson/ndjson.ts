import { type EventInput, MAX_EVENT_BYTES } from '../../../../shared/contract/event.ts'
import { decodeText } from '../decode-text.ts'
import type { EventSource, ReadOptions, SourceItem } from '../source.ts'
import { firstTextOf, type SourceFile } from '../source-files.ts'

/** One event a line, as the event API takes them; the door checks the fields. */
export const ndjson: EventSource = {
  name: 'ndjson',
  title: 'NDJSON: one event a line, as the event API takes them',
  tells: null,
  guide: {
    files: 'an .ndjson or .jsonl file',
    how_to_get: ['Write one event a line, with the fields of docs/events.md.'],
    reads: ['Each line as the event it is.'],
    cannot: [],
    says_questions: true,
  },
  recognise: async ({ files }) => {
    for (const file of files) if (!(await isNdjson(file))) return false
    return files.length > 0
  },
  read: async function* ({ files }, options) {
    for (const file of files) for await (const item of readFile(file, options)) yield files.length > 1 ? { ...item, file: file.path } : item
  },
}

/** By its first line: an event has a type and a time. Other formats have lines of JSON too. */
const isNdjson = async (file: SourceFile): Promise<boolean> => {
  const line =
    (await firstTextOf(file))
      .replace(/^\ufeff/, '')
      .trimStart()
      .split('\n')[0] ?? ''
  return line.startsWith('{') && (/\.(ndjson|jsonl)$/i.test(file.path) || (line.includes('"type"') && line.includes('"occurred_at"')))
}

async function* readFile(file: SourceFile, options: ReadOptions): AsyncGenerator<SourceItem> {
  let rest = ''
  let position = 0
  let isInLongLine = false
  const read = (line: string) => {
    const text = line.trim()
    if (text === '') return null
    try {
      const event: unknown = JSON.parse(text)
      if (event !== null && typeof event === 'object' && !Array.isArray(event))
        return { position, event: { source: options.source, ...event } as EventInput }
    } catch {
      // said below
    }
    return {
      position,
      problem: { pointer: '', code: 'malformed_json', message: 'The line is not a JSON object: write one event a line.' },
    }
  }
  for await (const chunk of decodeText(file.open(), options.encoding)) {
    rest += chunk
    let at = 0
    for (let end = rest.indexOf('\n', at); end >= 0; end = rest.indexOf('\n', at)) {
      if (isInLongLine) isInLongLine = false
      else {
        position++
        const item = read(rest.slice(at, end))
        if (item) yield item
      }
      at = end + 1
    }
    rest = isInLongLine ? '' : rest.slice(at)
    if (rest.length > MAX_EVENT_BYTES) {
      position++
      isInLongLine = true
      rest = ''
      yield {
        position,
        problem: { pointer: '', code: 'too_large', message: `The line is longer than an event may be (${MAX_EVENT_BYTES / 1024} KiB).` },
      }
    }
  }
  position++
  const last = read(rest)
  if (last) yield last
}
