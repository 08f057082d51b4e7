import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, startOrJoinEmbedded } from './embedded-postgres.ts'
import { isAlive } from './embedded-postmaster.ts'

// real servers and real programs, killed as an operator's are
// these processes are killed, not the machine: what was written stays, on a disk or not
const settings = { fsync: 'off' }
let folder: string
const children: ChildProcess[] = []
beforeEach(async () => {
  // named as the harness's own, so that one left by a killed run is cleared away by the next
  folder = await mkdtemp(join(tmpdir(), `barnraise-test-${process.pid}-`))
  await chmod(folder, 0o711)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  const pid = await serverPid()
  if (pid && isAlive(pid)) {
    process.kill(pid, 'SIGQUIT')
    await until(async () => !isAlive(pid))
  }
  await rm(folder, { recursive: true, force: true })
})

const start = (log?: (line: string) => void) => startOrJoinEmbedded(folder, { settings, log })
const until = async (isDone: () => Promise<boolean>) => expect.poll(isDone, { timeout: 20_000, interval: 20 }).toBe(true)
const lockFile = () => join(folder, 'postgres/cluster/postmaster.pid')
const serverPid = async () => Number((await readFile(lockFile(), 'utf8').catch(() => '')).split('\n')[0])

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end().catch(() => {})
  }
}

/** Another program that uses the server; gives what it says once it has it. */
const startProgram = async (): Promise<{ child: ChildProcess; said: { url: string; isOwner: boolean } }> => {
  const script = `
    import { startOrJoinEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))}
    const server = await startOrJoinEmbedded(process.argv[1], { settings: ${JSON.stringify(settings)} })
    console.log(JSON.stringify(server))
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data) => resolve(String(data)))
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}`)))
  })
  return { child, said: JSON.parse(said) }
}

const kill = async (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM') => {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}

describe('startOrJoinEmbedded', () => {
  it('keeps the data, the password and the port from one start to the next', async () => {
    const first = await start()
    expect(first.isOwner).toBe(true)
    await query(first.url, 'create table fruit as select 1 as id')
    await first.stop()
    await first.stop()
    await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
    const second = await start()
    expect(second.url).toBe(first.url)
    expect(await query(second.url, 'select id from fruit')).toEqual([1])
    await second.stop()
  })

  it('lets nobody in without the password, and nobody else read it', async () => {
    const server = await start()
    await expect(query(server.url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow('password authentication failed')
    expect((await stat(join(folder, 'postgres/password'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'postgres/cluster'))).mode & 0o777).toBe(0o700)
    expect(await query(server.url, 'show listen_addresses')).toEqual(['127.0.0.1'])
    await server.stop()
  })

  it('writes every commit to disk by default, and orders text the same everywhere', async () => {
    const server = await startOrJoinEmbedded(folder)
    expect(await query(server.url, 'show fsync')).toEqual(['on'])
    expect(await query(server.url, 'show synchronous_commit')).toEqual(['on'])
    expect(await query(server.url, 'show server_encoding')).toEqual(['UTF8'])
    expect(await query(server.url, `select upper('é') || string_agg(t, '' order by t) from unnest(array['b', 'B', 'a', 'ä']) t`)).toEqual([
      'ÉBabä',
    ])
    await server.stop()
  })

  it('stops the server when the last one leaves, whoever that is', async () => {
    const owner = await start()
    const { child, said } = await startProgram()
    expect(said).toEqual({ url: owner.url, isOwner: false })
    await owner.stop()
    expect(await query(said.url, 'select 1')).toEqual([1])
    const pid = await serverPid()
    await kill(child, 'SIGTERM')
    expect(isAlive(pid)).toBe(false)
  })

  it('makes one server for programs that start at once on an empty folder', async () => {
    const programs = await Promise.all(Array.from({ length: 4 }, startProgram))
    expect(new Set(programs.map(({ said }) => said.url)).size).toBe(1)
    expect(await query(programs[0]?.said.url ?? '', 'select current_database()')).toEqual(['barnraise'])
  })

  it('takes over the server of a killed program', async () => {
    const { child, said } = await startProgram()
    await query(said.url, 'create table fruit as select 1 as id')
    const pid = await serverPid()
    await kill(child, 'SIGKILL')
    let server: EmbeddedPostgres | undefined
    // the killed program's connection may take the server a moment to notice
    await until(async () => {
      server = await start()
      if (!server.isOwner) await server.stop()
      return server.isOwner
    })
    expect(await query(server?.url ?? '', 'select id from fruit')).toEqual([1])
    expect(await serverPid()).toBe(pid)
    await server?.stop()
    expect(isAlive(pid)).toBe(false)
  })

  it('starts again after program and server were killed together', async () => {
    const { child, said } = await startProgram()
    await query(said.url, 'create table fruit as select 1 as id')
    const pid = await serverPid()
    child.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    const server = await start()
    expect(await query(server.url, 'select id from fruit')).toEqual([1])
    await server.stop()
  })

  it('is not fooled by a lock file whose number now belongs to another program', async () => {
    await (await start()).stop()
    await writeFile(lockFile(), `${process.pid}\n${join(folder, 'postgres/cluster')}\n1\n5432\n\n127.0.0.1\n0\nready\n`)
    const server = await start()
    expect(await query(server.url, 'select 1')).toEqual([1])
    await server.stop()
  })

  it('takes another port when its own is taken', async () => {
    const first = await start()
    await first.stop()
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(Number(new URL(first.url).port), '127.0.0.1', resolve))
    const second = await start()
    expect(second.url).not.toBe(first.url)
    expect(await query(second.url, 'select 1')).toEqual([1])
    await second.stop()
    await new Promise((resolve) => other.close(resolve))
  })

  it('brings back a server that was killed, at the same address', async () => {
    const server = await start()
    await query(server.url, 'create table fruit as select 1 as id')
    const pid = await serverPid()
    process.kill(pid, 'SIGKILL')
    await until(() =>
      query(server.url, 'select id from fruit').then(
        ([id]) => id === 1,
        () => false,
      ),
    )
    expect(await serverPid()).not.toBe(pid)
    await server.stop()
  })

  it('says what to do about data of another major version', async () => {
    await (await start()).stop()
    await writeFile(join(folder, 'postgres/cluster/PG_VERSION'), '15\n')
    await expect(start()).rejects.toThrow(/written by PostgreSQL 15; this program brings 18.*"backup"/)
  })

  it('quotes the server when it does not start', async () => {
    const broken = startOrJoinEmbedded(folder, { settings: { ...settings, shared_buffers: 'many' } })
    await expect(broken).rejects.toThrow(/did not start.*\n.*invalid value for parameter "shared_buffers"/)
  })
})
