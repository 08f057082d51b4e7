import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { ALERT_RULES, alertCourseSchema } from '../../shared/contract/alert.ts'
import { noteFailure } from '../store/alert-watches.ts'
import { createCommunity, type StoredCommunity } from '../store/communities.ts'
import { addAlertCommands } from './alert-commands.ts'
import { type CommandError, EXIT, type Operator } from './operator.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let community: StoredCommunity
const now = () => new Date('2026-02-10T12:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  const options = { slug: 'pumps', name: 'Pumps', time_zone: 'UTC', now: new Date('2025-01-01T12:00Z') }
  community = (await createCommunity(database, options)) as StoredCommunity
  // three hundred members join on one day, after half a year of one a week
  const days = [...Array(30).keys()].map((i) => new Date(Date.parse('2025-06-02T12:00Z') + i * 604_800_000))
  const bulk = Array.from({ length: 300 }, () => new Date('2025-11-12T12:00Z'))
  await database.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, body_hash, identity_key)
     select $1, e.key, 'forum', e.key::text, 'member.joined', e.at, e.at, e.key, e.key from unnest($2::uuid[], $3::timestamptz[]) as e (key, at)`,
    [community.community_id, [...days, ...bulk].map(() => randomUUID()), [...days, ...bulk]],
  )
})
afterAll(() => database.close())

/** Runs the command in this process, as the program does. */
const run = async (...args: string[]) => {
  let answer: { data: unknown; text: string } | null = null
  const codes: number[] = []
  const operator = {
    readConfig: () => ({ databaseUrl: database.url, secretKey: 'a secret of the test that is long', baseUrl: 'http://localhost:3000' }),
    now,
    say: () => {},
    answer: (data: unknown, text: string) => {
      answer = { data, text }
    },
    setExitCode: (code: number) => codes.push(code),
  } as unknown as Operator
  const program = new Command().exitOverride()
  addAlertCommands(program, operator)
  await program.parseAsync(['alerts', ...args], { from: 'user' })
  return { codes, ...(answer as unknown as { data: unknown; text: string }) }
}

const countRows = async () =>
  (await database.pool.query<{ count: number }>('select (select count(*) from alert) + (select count(*) from alert_watch) as count'))
    .rows[0]?.count

test('all rules are judged: first in words alone, then for good, and what is of the past is told to nobody', async () => {
  expect((await run('pumps')).text.match(/not judged yet/g)).toHaveLength(ALERT_RULES.length)
  const nothing = await run('judge', 'pumps', '--dry-run')
  expect(nothing.text.match(/there is nothing to go by yet/g)).toHaveLength(ALERT_RULES.length)
  const judged = await run('judge', 'pumps')
  expect(judged).toMatchObject({ codes: [], data: { is_dry_run: false } })
  expect(judged.text.match(/: judged/g)).toHaveLength(ALERT_RULES.length)
  const kept = await countRows()
  expect(kept).toBeGreaterThanOrEqual(ALERT_RULES.length)
  expect((await database.pool.query('select from outbox')).rowCount).toBe(0)
  // once more, and nothing is written
  expect((await run('judge', 'pumps', '--dry-run')).text.match(/nothing to tell/g)).toHaveLength(ALERT_RULES.length)
  expect(await countRows()).toBe(kept)
})

test('what is watched is listed with how often it is false, and with what could not be judged', async () => {
  await noteFailure(database.pool, community.community_id, 'decline', { failure: 'the disk is full', now: now() })
  const { text } = await run('pumps')
  for (const rule of ALERT_RULES) expect(text).toContain(`  ${rule} (`)
  expect(text.match(/False alarms: /g)).toHaveLength(ALERT_RULES.length)
  expect(text).toContain('Could not be judged since 2026-02-10T12:00:00.000Z: the disk is full')
})

test('a rule is replayed over the past by other limits, and nothing is kept of it', async () => {
  const before = await countRows()
  const { data, text } = await run('replay', 'pumps', '--rule', 'bulk-removal', '--strictness', '1.2')
  expect(alertCourseSchema.parse(data)).toMatchObject({ rule: 'bulk-removal', strictness: 1.2 })
  expect(text).toContain('bulk-removal at 1.20 times the usual limits')
  expect(await countRows()).toBe(before)
})

test('what is not understood says what there is', async () => {
  const codeOf = async (...args: string[]) =>
    run(...args).then(
      () => 'done',
      (error: CommandError) => `${error.exitCode} ${error.message}`,
    )
  expect(await codeOf('replay', 'pumps', '--rule', 'nothing')).toContain(`${EXIT.usage} "nothing" is not a rule. There are: decline`)
  for (const strictness of ['0.5', '3', 'x', ' ', '1e400'])
    expect(await codeOf('replay', 'pumps', '--rule', 'decline', '--strictness', strictness)).toContain(`${EXIT.usage} `)
  expect(await codeOf('judge', 'no-such-one')).toContain('There is no community "no-such-one"')
})
