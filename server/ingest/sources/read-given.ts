import type { Capability } from '../../../shared/contract/metric.ts'
import { givenFiles } from './given-files.ts'
import { type EventSource, type ReadOptions, SourceError, type SourceItem } from './source.ts'

/** What a source reads of files as a test gives them, sorted by what it is; `failure` is what ended the reading early. */
export const readGiven = async (source: EventSource, contents: Readonly<Record<string, unknown>>, options: Partial<ReadOptions> = {}) => {
  const files = givenFiles(
    Object.fromEntries(
      Object.entries(contents).map(([path, content]) => [
        path,
        typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
      ]),
    ),
  )
  const items: SourceItem[] = []
  const notes: string[] = []
  let tells: readonly Capability[] | null = source.tells
  let failure: string | null = null
  try {
    for await (const item of source.read(files, {
      source: source.name,
      dayTimeZone: 'UTC',
      timeZone: null,
      site: null,
      columns: {},
      encoding: 'utf-8',
      note: (note) => notes.push(note),
      declare: (declared) => {
        tells = declared
      },
      ...options,
    }))
      items.push(item)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    failure = error.message
  }
  const skipped: Record<string, number> = {}
  for (const item of items) if ('skipped' in item) skipped[item.skipped] = (skipped[item.skipped] ?? 0) + 1
  return {
    items,
    isRecognised: await source.recognise(files),
    events: items.flatMap((item) => ('event' in item ? [item.event] : [])),
    flat: items.flatMap((item) => ('event' in item && item.is_flat ? [item.event.id] : [])),
    accounts: items.flatMap((item) => ('account' in item ? [item.account] : [])),
    problems: items.flatMap((item) => ('problem' in item ? [{ ...item.problem, position: item.position, file: item.file }] : [])),
    skipped,
    notes,
    tells,
    failure,
  }
}
