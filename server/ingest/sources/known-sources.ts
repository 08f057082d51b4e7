import { csv } from './csv/csv.ts'
import { discourse } from './discourse/discourse.ts'
import { mbox } from './mbox/mbox.ts'
import { github } from './github/github.ts'
import { ndjson } from './ndjson/ndjson.ts'
import { slack } from './slack/slack.ts'
import { type EventSource, SourceError } from './source.ts'
import type { SourceFiles } from './source-files.ts'
import { stackExchange } from './stack-exchange/stack-exchange.ts'

/** Every format that can be imported, the most telling signs first. */
export const KNOWN_SOURCES: readonly EventSource[] = [slack, discourse, github, stackExchange, mbox, ndjson, csv]

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
  throw new SourceError(`The format of ${files.name} is not recognised. Known: ${LIST}.`)
}
