import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { InvalidArgumentError, Option } from 'commander'
import { EVENT_HEADER, writeEventRow } from '../ingest/sources/csv/write-csv.ts'
import type { SourceItem } from '../ingest/sources/source.ts'
import { ARCHETYPE_NAMES, ARCHETYPES, type ArchetypeName } from '../ingest/sources/synthetic/archetypes.ts'
import { contributionsForEvents, generateEvents, type SyntheticOptions, SYNTHETIC_TELLS } from '../ingest/sources/synthetic/synthetic.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { isTimeZone } from '../store/communities.ts'
import { runImport } from '../store/run-import.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Operator, withStore } from './operator.ts'
import { startProgress } from './progress.ts'

type Options = {
  seed: number
  events?: number
  members?: number
  weeks?: number
  perWeek?: number
  noise?: number
  seasonality?: number
  trend?: number
  bot?: boolean
  timeZone?: string
  end?: Date
  format: 'ndjson' | 'csv'
  out?: string
  community?: string
}

const BLOCK_ROWS = 2000

const within = (from: number, to: number, isWhole: boolean) => (text: string) => {
  const value = Number(text)
  if (text.trim() === '' || !(value >= from && value <= to) || (isWhole && !Number.isInteger(value)))
    throw new InvalidArgumentError(`Give a ${isWhole ? 'whole ' : ''}number from ${from} to ${to}.`)
  return value
}
const readTime = (text: string) => {
  const time = new Date(text)
  if (Number.isNaN(time.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new InvalidArgumentError('Write it like 2026-01-31 or 2026-01-31T09:00:00Z.')
  return time
}

export const addGenerateCommand: AddCommands = (program, operator) => {
  program
    .command('generate')
    .description('make up a community: the same seed and options give the same events')
    .argument('<archetype>', `what it is like: ${ARCHETYPE_NAMES.map((name) => `${name} (${ARCHETYPES[name].title})`).join('; ')}`)
    .option('--seed <n>', 'a whole number', within(0, Number.MAX_SAFE_INTEGER, true), 1)
    .option('--events <n>', 'about this many events in all', within(1, 1e10, true))
    .option('--members <n>', 'about this many members at the end', within(2, 1e7, true))
    .option('--weeks <n>', 'how long it lasts', within(1, 5000, false))
    .option('--per-week <n>', 'contributions a week', within(0, 1e8, false))
    .option('--noise <share>', 'share of threads that do not fit the archetype', within(0, 1, false))
    .option('--seasonality <strength>', '0: every day alike; 1: weekends, summer and holidays', within(0, 1, false))
    .option('--trend <ratio>', 'activity at the end divided by activity at the beginning', within(0, 1000, false))
    .option('--bot', 'a bot posts a feed into it')
    .option('--time-zone <zone>', 'where its people live (default: that of the community, or UTC)')
    .option('--end <time>', 'nothing happens after this (default: now)', readTime)
    .addOption(new Option('--format <name>', 'how to write them').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--out <file>', 'write to this file (default: standard output)')
    .option('--community <slug>', 'store them in this community instead')
    .action(async (archetype: string, options: Options) => {
      if (!(archetype in ARCHETYPES))
        throw new CommandError(`There is no archetype "${archetype}". Known: ${ARCHETYPE_NAMES.join(', ')}.`, EXIT.usage)
      if (options.timeZone && !isTimeZone(options.timeZone))
        throw new CommandError(`--time-zone: "${options.timeZone}" is not a time zone; use a name such as Europe/Berlin.`, EXIT.usage)
      if (options.out && options.community) throw new CommandError('Give --out or --community, not both.', EXIT.usage)
      if (options.events !== undefined && options.perWeek !== undefined)
        throw new CommandError('Give --events or --per-week, not both.', EXIT.usage)
      const make = (timeZone: string): SyntheticOptions => {
        const made: SyntheticOptions = {
          archetype: archetype as ArchetypeName,
          seed: options.seed,
          endAt: options.end ?? operator.now(),
          timeZone: options.timeZone ?? timeZone,
          ...(options.members === undefined && options.events !== undefined
            ? { members: Math.max(ARCHETYPES[archetype as ArchetypeName].members, Math.round(options.events / 400)) }
            : {}),
        }
        for (const field of ['members', 'weeks', 'noise', 'seasonality', 'trend'] as const)
          if (options[field] !== undefined) made[field] = options[field]
        if (options.bot) made.hasBot = true
        return {
          ...made,
          contributionsPerWeek: options.events === undefined ? options.perWeek : contributionsForEvents(options.events, made),
        }
      }
      if (options.community) await intoCommunity(operator, options.community, make, options.events)
      else await intoFile(operator, make('UTC'), options)
    })
}

const intoFile = async (operator: Operator, made: SyntheticOptions, { format, out, events }: Options) => {
  if (!out && operator.isJson())
    throw new CommandError('With --json name a file with --out: standard output is for the answer.', EXIT.usage)
  const file = out ? createWriteStream(out) : null
  const broken =
    file && once(file, 'error').then(([error]) => Promise.reject(new CommandError(`${out} cannot be written: ${(error as Error).message}`)))
  broken?.catch(() => {})
  const write = async (text: string) => {
    if (!file) return operator.write(text)
    if (!file.write(text)) await Promise.race([once(file, 'drain'), broken])
  }
  const progress = startProgress(events ?? 0, process.stderr.isTTY && out !== undefined && events !== undefined)
  const toLine = format === 'csv' ? writeEventRow : (event: object) => `${JSON.stringify(event)}\n`
  let count = 0
  let block = format === 'csv' ? EVENT_HEADER : ''
  for (const event of generateEvents(made)) {
    block += toLine(event)
    if (++count % BLOCK_ROWS !== 0) continue
    await write(block)
    progress.update(count, '')
    block = ''
  }
  await write(block)
  progress.stop()
  if (file) {
    file.end()
    await Promise.race([once(file, 'close'), broken])
    operator.answer({ events: count, file: out, archetype: made.archetype, seed: made.seed }, `Wrote ${count} events to ${out}.`)
  }
}

const intoCommunity = async (
  operator: Operator,
  slug: string,
  make: (timeZone: string) => SyntheticOptions,
  events: number | undefined,
) => {
  await withStore(operator, async ({ db }) => {
    const community = await needCommunity(db, slug)
    const made = make(community.time_zone)
    const progress = startProgress(events ?? 0, process.stderr.isTTY && events !== undefined)
    const items = (async function* (): AsyncGenerator<SourceItem> {
      let position = 0
      for (const event of generateEvents(made)) yield { position: ++position, event }
    })()
    const { counts } = await runImport(db, {
      communityId: community.community_id,
      source: 'synthetic',
      fileName: `${made.archetype}, seed ${made.seed}`,
      items,
      tells: () => SYNTHETIC_TELLS,
      observedUntil: made.endAt,
      isDryRun: false,
      now: operator.now,
      onStored: ({ accepted, duplicate }) => progress.update(accepted + duplicate, `${accepted} events`),
    })
    progress.stop()
    operator.say('Bringing the numbers up to date …')
    await refreshCommunity(db, community.community_id, { now: operator.now() })
    operator.answer(
      { community: slug, archetype: made.archetype, seed: made.seed, ...counts },
      `${counts.accepted} events accepted, ${counts.duplicate} known already, ${counts.conflict} in conflict.`,
    )
    if (counts.rejected + counts.conflict > 0) operator.setExitCode(EXIT.rejected)
  })
}
