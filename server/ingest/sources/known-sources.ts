import { csv } from './csv/csv.ts'
import { discord } from './discord/discord.ts'
import { discourse } from './discourse/discourse.ts'
import { mbox } from './mbox/mbox.ts'
import { github } from './github/github.ts'
import { ndjson } from './ndjson/ndjson.ts'
import { slack } from './slack/slack.ts'
import { type EventSource, SourceError } from './source.ts'
import { fileNameOf, type SourceFiles } from './source-files.ts'
import { stackExchange } from './stack-exchange/stack-exchange.ts'
import { vivaEngage } from './viva-engage/viva-engage.ts'
import { zulip } from './zulip/zulip.ts'

/** Every format that can be imported, the most telling signs first. */
export const KNOWN_SOURCES: readonly EventSource[] = [
  slack,
  discord,
  zulip,
  discourse,
  github,
  vivaEngage,
  stackExchange,
  mbox,
  ndjson,
  csv,
]

const LIST = KNOWN_SOURCES.map(({ name, title }) => `${name} (${title})`).join('; ')

/** The format of that name. Throws a SourceError that lists them. */
export const findFormat = (name: string): EventSource => {
  const found = KNOWN_SOURCES.find((source) => source.name === name)
  if (!found) throw new SourceError(`There is no format "${name}". Known: ${LIST}.`)
  return found
}

/** The format by what its files hold. Throws a SourceError that lists the known ones. */
export const recogniseFormat = async (files: SourceFiles): Promise<EventSource> => {
  for (const source of KNOWN_SOURCES) if (await source.recognise(files)) return source
  throw new SourceError(describeUnknown(files))
}

const SHOWN_KINDS = 5

/** What was found, and what would fit. */
const describeUnknown = ({ name, files }: SourceFiles): string => {
  const kinds = new Map<string, number>()
  for (const file of files) {
    const kind = /\.([a-z0-9]{1,8})$/i.exec(fileNameOf(file))?.[1]?.toLowerCase()
    const label = kind === undefined ? 'without an ending' : `.${kind}`
    kinds.set(label, (kinds.get(label) ?? 0) + 1)
  }
  const found = [...kinds].sort(([, a], [, b]) => b - a).slice(0, SHOWN_KINDS)
  const holds =
    files.length === 1 ? '' : ` It holds ${files.length} files (${found.map(([kind, count]) => `${count} ${kind}`).join(', ')}).`
  const inner = files.filter((file) => /\.(zip|7z|rar|tar|tgz|xz|bz2)$/i.test(file.path)).slice(0, 3)
  const packed =
    inner.length > 0 ? ` Archives in it are not opened (${inner.map(({ path }) => path).join(', ')}): unpack it, and choose those.` : ''
  return `The format of ${name} is not recognised.${holds}${packed} What can be imported: ${KNOWN_SOURCES.map(({ title }) => title.split(':')[0]).join(', ')}.`
}
