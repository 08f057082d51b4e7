import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError, keepSecretKey, readConfig } from './config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env, folder)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message.split('\n').slice(1)
  }
  return []
}

describe('readConfig', () => {
  it('needs no setting at all', () => {
    expect(readConfig({}, folder)).toEqual({
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://localhost:3000',
      databaseUrl: undefined,
      migrationDatabaseUrl: undefined,
      dataDir: join(folder, 'data'),
      isDemo: true,
      secretKey: undefined,
      smtpUrl: undefined,
      mailFrom: undefined,
      maxUploadBytes: 50 * 1024 ** 3,
      hooksToPrivate: false,
      trustProxy: undefined,
      chromiumPath: undefined,
      chromiumEnv: {},
      logLevel: 'info',
    })
  })

  it('shows Chromium nothing that is secret', () => {
    expect(readConfig({ PATH: '/bin', TZ: 'UTC', SECRET_KEY: 'k'.repeat(64) }, folder).chromiumEnv).toEqual({ PATH: '/bin', TZ: 'UTC' })
  })

  it('shows the demo by default only with the embedded database', () => {
    const DATABASE_URL = 'postgres://u:p@db/barnraise'
    expect(readConfig({ DATABASE_URL }, folder).isDemo).toBe(false)
    expect(readConfig({ DATABASE_URL, DEMO: 'on' }, folder).isDemo).toBe(true)
    expect(readConfig({ DEMO: 'Off' }, folder).isDemo).toBe(false)
  })

  it('migrates by the same address unless told another', () => {
    const DATABASE_URL = 'postgres://u:p@pooler:6432/barnraise'
    expect(readConfig({ DATABASE_URL }, folder).migrationDatabaseUrl).toBe(DATABASE_URL)
    const MIGRATION_DATABASE_URL = 'postgresql://u:p@db:5432/barnraise'
    expect(readConfig({ DATABASE_URL, MIGRATION_DATABASE_URL }, folder).migrationDatabaseUrl).toBe(MIGRATION_DATABASE_URL)
  })

  it('takes the word of proxies that are named by address, and of no others', () => {
    const TRUST_PROXY = 'loopback, 10.0.0.0/8, 2001:db8::/32, 192.0.2.7'
    expect(readConfig({ TRUST_PROXY }, folder).trustProxy).toBe(TRUST_PROXY)
    for (const wrong of ['true', '10.0.0.0/33', 'proxy.example.org', 'loopback,,'])
      expect(() => readConfig({ TRUST_PROXY: wrong }, folder)).toThrow(/TRUST_PROXY should be the addresses/)
  })

  it('takes a database on a socket', () => {
    const DATABASE_URL = 'postgres:///barnraise?host=/run/postgresql'
    expect(readConfig({ DATABASE_URL }, folder).databaseUrl).toBe(DATABASE_URL)
  })

  it('takes the address people use without the slash at its end', () => {
    expect(readConfig({ BASE_URL: 'https://example.org/barnraise/' }, folder).baseUrl).toBe('https://example.org/barnraise')
  })

  it('reads .env, and the environment before it; an empty value is none', () => {
    writeFileSync(join(folder, '.env'), 'PORT=4000\nHOST="0.0.0.0"\nLOG_LEVEL=debug # while trying\n')
    const config = readConfig({ PORT: '5000', HOST: '' }, folder)
    expect([config.port, config.host, config.logLevel]).toEqual([5000, '0.0.0.0', 'debug'])
  })

  it('reads a value from the file that NAME_FILE names', () => {
    writeFileSync(join(folder, 'key'), `${'k'.repeat(40)}\n`)
    expect(readConfig({ SECRET_KEY_FILE: 'key' }, folder).secretKey).toBe('k'.repeat(40))
    expect(readConfig({ SECRET_KEY_FILE: join(folder, 'key') }, folder).secretKey).toBe('k'.repeat(40))
  })

  it('lists everything that is wrong in one error, and what each should be', () => {
    const problems = problemsOf({
      PORT: '99999',
      HOST: 'not a host',
      BASE_URL: 'example.org',
      DEMO: 'maybe',
      LOG_LEVEL: 'loud',
      MAIL_FROM: 'nobody',
      SMTP_URL: 'http://mail',
      MIGRATION_DATABASE_URL: 'mysql://u:p@db/x',
      SECRET_KEY_FILE: 'missing',
    })
    for (const name of [
      'PORT',
      'HOST',
      'BASE_URL',
      'DEMO',
      'LOG_LEVEL',
      'MAIL_FROM',
      'SMTP_URL',
      'MIGRATION_DATABASE_URL',
      'SECRET_KEY_FILE',
    ])
      expect(problems.filter((line) => line.startsWith(`  - ${name} should`))).toHaveLength(1)
    expect(problems).toContain('  - PORT should be a port number from 0 to 65535, and is "99999"')
    expect(problems).toContain('  - DATABASE_URL should be set as well when MIGRATION_DATABASE_URL is')
    expect(problems).toHaveLength(10)
  })

  it('never repeats a secret', () => {
    const env = { SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://u:hunter2@db/x', SMTP_URL: 'ftp://u:hunter2@mail' }
    expect(problemsOf(env)).toHaveLength(4)
    expect(problemsOf(env).join()).not.toContain('hunter2')
  })

  it('refuses a value given twice', () => {
    writeFileSync(join(folder, 'port'), '4000')
    expect(problemsOf({ PORT: '3000', PORT_FILE: 'port' })).toEqual(['  - PORT and PORT_FILE should not both be set'])
  })
})

describe('keepSecretKey', () => {
  it('makes a key once, for the owner alone', () => {
    const config = { secretKey: undefined, dataDir: join(folder, 'data') }
    const key = keepSecretKey(config)
    expect(key.length).toBeGreaterThanOrEqual(32)
    expect(keepSecretKey(config)).toBe(key)
    const path = join(folder, 'data/secret-key')
    expect(readFileSync(path, 'utf8')).toBe(key)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('prefers the key of the settings, and writes nothing then', () => {
    const config = { secretKey: 's'.repeat(32), dataDir: join(folder, 'data') }
    expect(keepSecretKey(config)).toBe('s'.repeat(32))
    expect(() => statSync(join(folder, 'data'))).toThrow('ENOENT')
  })
})
