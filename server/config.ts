import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parse } from 'dotenv'
import { z } from 'zod'

export type Config = {
  /** 0: any free port */
  port: number
  host: string
  /** the address people use, without a slash at its end */
  baseUrl: string
  /** undefined: the embedded database */
  databaseUrl: string | undefined
  /** a direct connection for migrations, when `databaseUrl` goes through a pooler; else the same as `databaseUrl` */
  migrationDatabaseUrl: string | undefined
  /** absolute */
  dataDir: string
  isDemo: boolean
  /** undefined: made once and kept in `dataDir`, see `keepSecretKey` */
  secretKey: string | undefined
  /** undefined: no mail is sent */
  smtpUrl: string | undefined
  mailFrom: string | undefined
  /** bytes that the files of all imports may take until they are stored */
  maxUploadBytes: number
  /** hooks of alerts may reach the network this server stands in, and by http there */
  hooksToPrivate: boolean
  /** proxies whose word on the reader's address is taken; undefined: nobody's */
  trustProxy: string | undefined
  /** undefined: the one that the packages bring */
  chromiumPath: string | undefined
  /** what Chromium sees of the environment: none of the settings, since they hold secrets */
  chromiumEnv: Environment
  logLevel: (typeof logLevels)[number]
}

/** Settings that cannot be used; the message has a line for each and what it should be, never a secret's value. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

type Environment = Record<string, string | undefined>

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const chromiumNames = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'TEMP', 'SystemRoot']
const switchWords = { on: true, true: true, yes: true, '1': true, off: false, false: false, no: false, '0': false } as const

const switchSetting = z
  .string()
  .toLowerCase()
  .refine((word) => word in switchWords, 'should be "on" or "off"')
  .transform((word) => switchWords[word as keyof typeof switchWords])
  .optional()

const url = (protocols: string[], should: string) =>
  z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? '') && URL.parse(text)?.hostname !== '', should)

const postgresUrl = url(
  ['postgres:', 'postgresql:'],
  'should be the address of a PostgreSQL, as postgres://user:password@host:5432/database',
)

/** An address, or a network as address/bits. */
const isNetwork = (text: string): boolean => {
  const [address = '', bits] = text.split('/')
  const version = isIP(address)
  return version !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
}

// each: what its text is parsed to, or the words for what it should be
const settings = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'should be a port number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65535, 'should be a port number from 0 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'should be an address to listen on, as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  BASE_URL: url(['http:', 'https:'], 'should be the address people use, as https://barnraise.example.org')
    .refine((text) => !/[?#]/.test(text), 'should have no ? or #')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  // a socket's URL has no host: postgres:///database?host=/run/postgresql
  DATABASE_URL: z
    .union([z.string().regex(/^postgres(ql)?:\/\/[^?]*\?(.*&)?host=/), postgresUrl], {
      error: 'should be the address of a PostgreSQL, as postgres://user:password@host:5432/database',
    })
    .optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  DATA_DIR: z
    .string()
    .refine((path) => !path.includes('\0'), 'should be a folder')
    .default('data'),
  DEMO: switchSetting,
  SECRET_KEY: z.string().min(32, 'should have at least 32 characters, as "openssl rand -base64 32" prints them').optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'should be the address of a mail server, as smtps://user:password@mail.example.org').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'should be a sender, as "Barnraise <barnraise@example.org>"')
    .optional(),
  // our judgement: a large export many times over, and a small part of a disk
  MAX_UPLOAD_GB: z
    .string()
    .regex(/^\d{1,6}(\.\d+)?$/, 'should be a number of gigabytes')
    .default('50')
    .transform((text) => Math.floor(Number(text) * 1024 ** 3)),
  HOOKS_TO_PRIVATE: switchSetting,
  TRUST_PROXY: z
    .string()
    .refine(
      (text) => text.split(',').every((one) => /^(loopback|linklocal|uniquelocal)$/.test(one.trim()) || isNetwork(one.trim())),
      'should be the addresses of the proxies in front, as "loopback" or "10.0.0.0/8, 192.0.2.7"',
    )
    .optional(),
  CHROMIUM_PATH: z
    .string()
    .refine((path) => !path.includes('\0'), 'should be the executable of a Chromium or Chrome')
    .optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `should be one of ${logLevels.join(', ')}` }).default('info'),
})

const names = settings.keyof().options
// these may hold passwords: an error never repeats them
const secretNames: string[] = ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'SECRET_KEY', 'SMTP_URL']

/**
 * The settings from `env` and, where that is silent, from the file `.env` in `cwd`. `NAME_FILE` names a file that holds the value
 * of `NAME`; an empty value counts as none. Throws one `ConfigError` that lists everything wrong.
 */
export const readConfig = (env: Environment, cwd: string): Config => {
  const problems: string[] = []
  const texts = readTexts({ ...readDotenv(cwd, problems), ...withoutEmpty(env) }, cwd, problems)
  const parsed = settings.safeParse(texts)
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0])
    const value = secretNames.includes(name) ? '' : `, and is ${JSON.stringify(texts[name])}`
    problems.push(`${name} ${issue.message}${value}`)
  }
  if (texts.MIGRATION_DATABASE_URL && !texts.DATABASE_URL)
    problems.push('DATABASE_URL should be set as well when MIGRATION_DATABASE_URL is')
  if (texts.SMTP_URL && !texts.MAIL_FROM) problems.push('MAIL_FROM should be set as well when SMTP_URL is: mail needs a sender')
  if (problems.length || !parsed.data) {
    throw new ConfigError(['These settings cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n'))
  }
  const { data } = parsed
  return {
    port: data.PORT,
    host: data.HOST,
    baseUrl: data.BASE_URL ?? `http://localhost:${data.PORT}`,
    databaseUrl: data.DATABASE_URL,
    migrationDatabaseUrl: data.MIGRATION_DATABASE_URL ?? data.DATABASE_URL,
    dataDir: resolve(cwd, data.DATA_DIR),
    isDemo: data.DEMO ?? data.DATABASE_URL === undefined,
    secretKey: data.SECRET_KEY,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    maxUploadBytes: data.MAX_UPLOAD_GB,
    hooksToPrivate: data.HOOKS_TO_PRIVATE ?? false,
    trustProxy: data.TRUST_PROXY,
    chromiumPath: data.CHROMIUM_PATH,
    chromiumEnv: Object.fromEntries(chromiumNames.map((name) => [name, env[name]])),
    logLevel: data.LOG_LEVEL,
  }
}

/** The secret key of the settings, else the one kept in the data folder, which is made the first time and readable by its owner. */
export const keepSecretKey = (config: Pick<Config, 'secretKey' | 'dataDir'>): string => {
  if (config.secretKey) return config.secretKey
  // the embedded database's user passes through this folder to its data and cannot list it
  if (mkdirSync(config.dataDir, { recursive: true })) chmodSync(config.dataDir, 0o711)
  const path = join(config.dataDir, 'secret-key')
  try {
    // exclusive: of two processes that start at once, both use what the first has written
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = readFileSync(path, 'utf8').trim()
  if (key.length < 32) throw new ConfigError(`${path} should hold a key of at least 32 characters; remove it to have a new one made.`)
  return key
}

const withoutEmpty = (env: Environment): Environment => Object.fromEntries(Object.entries(env).filter(([, value]) => value))

const readDotenv = (cwd: string, problems: string[]): Environment => {
  try {
    return withoutEmpty(parse(readFileSync(join(cwd, '.env'))))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') problems.push(`.env could not be read: ${(error as Error).message}`)
    return {}
  }
}

/** The value of each setting as text, from the file that NAME_FILE names where it is given. */
const readTexts = (env: Environment, cwd: string, problems: string[]): Environment => {
  const texts: Environment = {}
  for (const name of names) {
    const file = env[`${name}_FILE`]
    if (file && env[name]) problems.push(`${name} and ${name}_FILE should not both be set`)
    texts[name] = env[name]
    if (!file) continue
    try {
      texts[name] = readFileSync(resolve(cwd, file), 'utf8').trim()
      if (!texts[name]) problems.push(`${name}_FILE should name a file with the value in it, and ${file} is empty`)
    } catch (error) {
      problems.push(`${name}_FILE should name a file that can be read: ${(error as Error).message}`)
    }
  }
  return texts
}
