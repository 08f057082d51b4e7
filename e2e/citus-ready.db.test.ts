import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from './test-database.ts'

// The rules of docs/database.md, held against a migrated database and every statement in the code.

// one row a community or an account: these stay on one node, or whole on every one
const localTables = [
  'community',
  'schema_migration',
  'demo_load',
  'outbox',
  'user',
  'session',
  'account',
  'verification',
  'role_grant',
  'portfolio_subscription',
  // one row a server
  'alert_budget',
]

let database: Awaited<ReturnType<typeof createTestDatabase>>
let growingTables: string[]
const list = async (sql: string, values: unknown[] = []): Promise<string[]> =>
  (await database.pool.query(sql, values)).rows.map((row) => Object.values(row).join(' '))

beforeAll(async () => {
  database = await createTestDatabase()
  growingTables = await list(
    `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all ($1)`,
    [localTables],
  )
})
afterAll(() => database.close())

describe('the schema', () => {
  it('has the tables these rules are about', () => {
    expect(growingTables).toEqual(expect.arrayContaining(['event', 'identity', 'contribution', 'period_result']))
  })

  it('has community_id uuid not null in every table that grows with a community', async () => {
    const found = await list(
      `select table_name from information_schema.columns
      where table_schema = 'public' and column_name = 'community_id' and data_type = 'uuid' and is_nullable = 'NO'`,
    )
    expect(growingTables.filter((table) => !found.includes(table))).toEqual([])
  })

  it('has a primary key in every table', async () => {
    const found = await list(`select conrelid::regclass::text from pg_constraint where contype = 'p'`)
    expect(growingTables.filter((table) => !found.includes(table))).toEqual([])
  })

  it('leads every index, unique or not, with community_id', async () => {
    const indexes = `
      select index.indexrelid::regclass::text
      from pg_index index
        join pg_class relation on relation.oid = index.indrelid
        left join pg_attribute first on first.attrelid = index.indrelid and first.attnum = index.indkey[0]
      where relation.relname = any ($1) and first.attname is distinct from 'community_id'`
    expect(await list(indexes, [growingTables])).toEqual([])
  })

  it('leads every foreign key with community_id, and points none at a table that does not', async () => {
    const keys = `
      select key.conrelid::regclass::text, key.conname
      from pg_constraint key
        join pg_attribute here on here.attrelid = key.conrelid and here.attnum = key.conkey[1]
        join pg_attribute there on there.attrelid = key.confrelid and there.attnum = key.confkey[1]
      where key.contype = 'f' and key.conrelid::regclass::text = any ($1)
        and (here.attname <> 'community_id' or there.attname <> 'community_id')`
    expect(await list(keys, [growingTables])).toEqual([])
  })

  it('has no triggers, rules, views, sequences, or times without a zone', async () => {
    const ours = `(select oid from pg_namespace where nspname = 'public')`
    expect(await list('select tgname from pg_trigger where not tgisinternal')).toEqual([])
    expect(await list(`select rulename from pg_rules where schemaname = 'public'`)).toEqual([])
    expect(await list(`select relname from pg_class where relnamespace = ${ours} and relkind in ('v', 'm', 'S', 'f')`)).toEqual([])
    const columns = `select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = any ($1)`
    expect(await list(columns, [['timestamp without time zone', 'time without time zone', 'money']])).toEqual([])
  })
})

const codeFiles = globSync(['server/**/*.ts', 'sql/**/*.sql'], {
  exclude: ['**/*.test.ts', 'server/store/database-types.ts', 'sql/metrics/**'],
})

/** Each statement as written: the strings of a TypeScript file with some SQL in them, the parts of a SQL file. */
const statements = codeFiles.flatMap((file) => {
  const text = readFileSync(file, 'utf8')
  const parts = file.endsWith('.sql')
    ? text.replace(/--.*$/gm, '').split(';')
    : [...text.matchAll(/`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'/g)].map(([literal]) => literal.slice(1, -1))
  return parts
    .filter((sql) => /\b(select|insert into|update|delete from)\b/i.test(sql))
    .map((sql) => ({ file, sql: sql.replace(/\s+/g, ' ').trim() }))
})

const tablesIn = (sql: string): string[] =>
  [...sql.matchAll(/\b(?:from|join|into|update|delete from|truncate)\s+(?:only\s+)?"?([a-z_]+)"?(?!\s*\()/gi)].map(
    (match) => match[1] ?? '',
  )

describe('statements', () => {
  it('are found at all', () => {
    expect(statements.length).toBeGreaterThan(20)
  })

  it('about a table that grows with a community say which community', () => {
    const silent = statements.filter(
      ({ sql }) => tablesIn(sql).some((table) => growingTables.includes(table)) && !sql.includes('community_id'),
    )
    expect(silent).toEqual([])
  })

  it('update on conflict by what was bound or excluded, never by the clock or chance', () => {
    const volatile = /\bon conflict\b.*\bdo update set\b.*\b(now\(\)|current_timestamp|clock_timestamp|random\(\)|gen_random_uuid)/i
    expect(statements.filter(({ sql }) => volatile.test(sql))).toEqual([])
  })

  it('built by Kysely on such a table say which community', () => {
    const silent = codeFiles
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/\.(?:selectFrom|updateTable|deleteFrom|insertInto)\('([a-z_]+)'\)[\s\S]*?\.execute/g)]
          .filter(([chain, table = '']) => growingTables.includes(table) && !chain.includes('community_id'))
          .map(([chain]) => `${file}: ${chain}`),
      )
    expect(silent).toEqual([])
  })
})
