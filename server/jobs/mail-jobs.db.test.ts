import { PgBoss } from 'pg-boss'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMailServer } from '../../e2e/mail-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { putInOutbox } from '../store/outbox.ts'
import { cleanOutbox, startMailJobs, TEXT_DAYS } from './mail-jobs.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let boss: PgBoss
beforeAll(async () => {
  database = await createTestDatabase()
  boss = new PgBoss({ connectionString: database.url, max: 2 })
  boss.on('error', () => {})
  await boss.start()
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await database.close()
})

test('a mail leaves when it is asked for, is counted and named in no log; without a mail server it stays', async () => {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const server = await startMailServer()
  const to = { address: 'ana@example.org', name: 'Ana Anders' }
  const mail = { mail_key: 'test:1', community_id: null, kind: 'test' as const, to, subject: 'Quiet words', text: 'Quiet words', html: '' }
  await putInOutbox(database.pool, mail, new Date())
  const parts = { db: database, now: () => new Date(), log }

  const without = await startMailJobs(boss, { ...parts, smtp: null })
  await without.requestDelivery()
  await without.stop()
  expect((await database.pool.query('select state from outbox')).rows).toEqual([{ state: 'waiting' }])

  const outcome = new Promise<[string, number]>((resolve) => {
    const onOutcome = (state: string, count: number) => resolve([state, count])
    void startMailJobs(boss, { ...parts, smtp: { url: server.url, from: 'barn@example.org' }, onOutcome }).then(async (jobs) => {
      await jobs.requestDelivery()
      await outcome
      await jobs.stop()
    })
  })
  expect(await outcome).toEqual(['sent', 1])
  expect(server.held.map((held) => held.to)).toEqual(['ana@example.org'])
  expect(lines.join()).toContain('a mail was sent')
  expect(lines.join()).not.toMatch(/ana|Anders|Quiet/i)
  await server.close()
})

test('an outbox that is never emptied does not grow for ever: first the mail is given up, as long after that its text is dropped', async () => {
  await database.pool.query('delete from outbox')
  let at = new Date('2026-01-01T00:00:00Z')
  const parts = { db: database, now: () => at, log: pino({ level: 'silent' }) }
  const mail = {
    community_id: null,
    kind: 'test' as const,
    to: { address: 'ana@example.org', name: null },
    subject: 'x',
    text: 'words',
    html: '',
  }
  await putInOutbox(database.pool, { ...mail, mail_key: 'test:2' }, at)
  const after = async (days: number) => {
    at = new Date(at.getTime() + days * 86_400_000)
    await cleanOutbox(parts)
    const { rows } = await database.pool.query<{ state: string; text_body: string }>('select state, text_body from outbox')
    return rows[0]
  }
  expect(await after(TEXT_DAYS - 1)).toEqual({ state: 'waiting', text_body: 'words' })
  // what a process that has died was handing over is found here as well
  await putInOutbox(database.pool, { ...mail, mail_key: 'test:3' }, at)
  await database.pool.query(`update outbox set state = 'handing_over', lease_until = $1 where mail_key = 'test:3'`, [at])
  await cleanOutbox(parts)
  const { rowCount } = await database.pool.query(`delete from outbox where mail_key = 'test:3' and state = 'uncertain'`)
  expect(rowCount).toBe(1)
  expect(await after(1)).toEqual({ state: 'cancelled', text_body: 'words' })
  expect(await after(TEXT_DAYS - 1)).toEqual({ state: 'cancelled', text_body: 'words' })
  expect(await after(1)).toEqual({ state: 'cancelled', text_body: '' })
})
