import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { valueReportSchema } from '../../shared/contract/value-report.ts'
import { createCommunity, type StoredCommunity } from '../store/communities.ts'
import { type CommandError, EXIT, type Operator } from './operator.ts'
import { addReportCommand } from './report-command.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
const now = () => new Date('2026-02-10T12:00:00Z')

beforeAll(async () => {
  database = await createTestDatabase()
  const { community_id } = (await createCommunity(database, {
    slug: 'pumps',
    name: 'Pumps',
    time_zone: 'UTC',
    now: new Date('2025-12-01T12:00Z'),
  })) as StoredCommunity
  await database.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, body_hash)
     values ($1, $2::uuid, 'forum', 'q', 'post.published', $3, $3, $2::uuid)`,
    [community_id, randomUUID(), new Date('2026-01-10T12:00:00Z')],
  )
})
afterAll(() => database.close())

/** Runs the command in this process, as the program does. */
const run = async (...args: string[]) => {
  const said: string[] = []
  let answer: { data: unknown; text: string } | null = null
  const operator = {
    readConfig: () => ({ databaseUrl: database.url, secretKey: 'a secret of the test that is long', baseUrl: 'http://localhost:3000' }),
    now,
    say: (line: string) => void said.push(line),
    answer: (data: unknown, text: string) => {
      answer = { data, text }
    },
  } as unknown as Operator
  const program = new Command().exitOverride()
  addReportCommand(program, operator)
  await program.parseAsync(['report', ...args], { from: 'user' })
  return { said: said.join('\n'), ...(answer as unknown as { data: unknown; text: string }) }
}

test('a report is shown before it is made, made, shown as made, and not corrected where nothing would change', async () => {
  const preview = await run('pumps', '2026-01')
  expect(preview.said).toContain('a preview of it')
  expect(valueReportSchema.parse(preview.data).status).toBe('preview')
  expect(preview.text).toContain('Pumps')
  const made = await run('pumps', '2026-01', '--make')
  expect(made.said).toBe('Made and frozen. Nobody is mailed.')
  expect(valueReportSchema.parse(made.data)).toMatchObject({ status: 'frozen', revision: 1, made_by: 'the operator' })
  expect((await run('pumps', '2026-01', '--make')).said).toBe('It was made before, and stays as it is.')
  expect((await run('pumps', '2026-01')).data).toEqual(made.data)
  await expect(run('pumps', '2026-01', '--correct', 'Because')).rejects.toThrow('Nothing would change')
})

test('a report is corrected by a further revision, and the one before stays readable', async () => {
  await database.pool.query("update community set name = 'Pump people' where slug = 'pumps'")
  const corrected = valueReportSchema.parse((await run('pumps', '2026-01', '--correct', 'We are called otherwise')).data)
  expect(corrected).toMatchObject({ status: 'frozen', revision: 2, corrections: [{ revision: 2, reason: 'We are called otherwise' }] })
  expect(corrected.corrections[0]?.changes).toContain('The community is called “Pump people” instead of “Pumps”')
  expect((await run('pumps', '2026-01')).text).toContain('Pump people')
  expect((await run('pumps', '2026-01', '--revision', '1')).text).not.toContain('Pump people')
})

test('what is not understood or not there says what to do', async () => {
  const codeOf = async (...args: string[]) =>
    run(...args).then(
      () => EXIT.done,
      (error: CommandError) => error.exitCode,
    )
  expect(await codeOf('pumps', '2025-13')).toBe(EXIT.usage)
  expect(await codeOf('pumps', '2026-01', '--revision', 'x')).toBe(EXIT.usage)
  expect(await codeOf('pumps', '2026-01', '--make', '--correct', 'x')).toBe(EXIT.usage)
  expect(await codeOf('pumps', '2026-01', '--correct', 'a\0b')).toBe(EXIT.usage)
  expect(await codeOf('pumps', '2026-01', '--revision', '7')).toBe(EXIT.failed)
  await expect(run('nobody', '2026-01')).rejects.toThrow('There is no community "nobody"')
  await expect(run('pumps', '2026-02', '--make')).rejects.toThrow('is not over')
  await expect(run('pumps', '2025-11', '--make')).rejects.toThrow('Nothing is known of November 2025')
  await expect(run('pumps', '2026-03')).rejects.toThrow('has not begun')
})
