import { expect, it } from 'vitest'
import { discord } from './discord/discord.ts'
import { givenFiles } from './given-files.ts'
import { ImportStopped } from './import-events.ts'
import { problemOfFile } from './problem-of-file.ts'
import { slack } from './slack/slack.ts'
import { SourceError } from './source.ts'
import type { SourceFile, SourceFiles } from './source-files.ts'
import { zulip } from './zulip/zulip.ts'

const ts = `${Date.UTC(2024, 4, 2) / 1000}.000100`
const EXPORTS = [
  {
    source: slack,
    stops: 'a/2024-05-02.json',
    contents: { 'channels.json': '[{"id":"C1","name":"a"}]', 'a/2024-05-02.json': `[{"ts":"${ts}"}]` },
  },
  {
    source: discord,
    stops: 'a.json',
    contents: { 'a.json': '{"guild":{"id":"1"},"channel":{"id":"2","type":"GuildTextChat"},"messages":[]}' },
  },
  {
    source: zulip,
    stops: 'messages-000001.json',
    contents: { 'realm.json': '{"zerver_stream":[]}', 'messages-000001.json': '{"zerver_message":[]}' },
  },
  { source: zulip, stops: '5-a/b.json', contents: { 'stream_index.json': '{"streams":{}}', '5-a/b.json': '[]' } },
]

it('makes a problem of what cannot be read, at its place', () => {
  const [file] = givenFiles({ 'a.json': '' }).files as [SourceFile]
  expect(problemOfFile(new SourceError('cut'), file, 7)).toEqual({
    position: 7,
    file: 'a.json',
    problem: { pointer: '', code: 'malformed_json', message: 'cut' },
  })
  expect(() => problemOfFile(new TypeError('ours'), file, 7)).toThrow('ours')
})

it.each(EXPORTS)(
  'ends the reading of $source.name where somebody stops the import within a file ($stops)',
  async ({ source, stops, contents }) => {
    const given = givenFiles(contents as unknown as Record<string, string>)
    let isStopped = false
    const files: SourceFiles = {
      ...given,
      files: given.files.map((file) =>
        file.path !== stops
          ? file
          : {
              ...file,
              open: async function* () {
                if (isStopped) throw new ImportStopped('stopped')
                yield* file.open()
              },
            },
      ),
    }
    expect(await source.recognise(files)).toBe(true)
    const options = { source: 'x', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }
    const read = async () => {
      for await (const item of source.read(files, options))
        if ('problem' in item && isStopped) throw new Error('a stop is no problem of a file')
    }
    await read()
    isStopped = true
    await expect(read()).rejects.toThrow(ImportStopped)
  },
)
