import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

// Data move one way: sources -> ingest -> store -> rollup -> metrics -> diagnosis -> report, alerts -> jobs, api -> web. A folder may
// import itself, `shared` and what stands behind it here; a folder that is not here may import nothing and not be imported.
const upTo = {
  store: ['ingest', 'ingest/sources'],
  rollup: ['ingest', 'store'],
  metrics: ['ingest', 'store', 'rollup'],
  diagnosis: ['ingest', 'store', 'rollup', 'metrics'],
  result: ['ingest', 'store', 'rollup', 'metrics', 'diagnosis'],
}
const mayImport: Record<string, string[]> = {
  shared: [],
  'ingest/sources': [],
  // how a refusal looks is the one thing that the event route and access take from the routes beside them
  ingest: ['ingest/sources', 'api/problem.ts'],
  store: upTo.store,
  rollup: upTo.rollup,
  metrics: upTo.metrics,
  diagnosis: upTo.diagnosis,
  report: upTo.result,
  alerts: upTo.result,
  mail: [],
  // the built pages, printed by a browser
  print: [],
  access: ['store', 'mail', 'api/problem.ts'],
  jobs: [...upTo.result, 'ingest/sources', 'report', 'alerts', 'mail'],
  api: [...upTo.result, 'ingest/sources', 'report', 'alerts', 'jobs', 'mail', 'print', 'access'],
  cli: [...upTo.result, 'ingest/sources', 'report', 'alerts', 'jobs', 'mail', 'access', 'wiring'],
  // the files directly in server/: they put the parts together
  wiring: [...upTo.result, 'ingest/sources', 'report', 'alerts', 'jobs', 'mail', 'print', 'access', 'api', 'cli'],
  web: [],
  e2e: ['*'],
  bench: ['*'],
}

const folderOf = (path: string): string => {
  const [top, second = '', third = ''] = path.split('/')
  if (top !== 'server') return top ?? ''
  if (second === 'ingest' && third === 'sources') return 'ingest/sources'
  return path.split('/').length === 2 ? 'wiring' : second
}

type Import = { file: string; target: string }

const files = globSync('{server,shared,web,e2e,bench}/**/*.{ts,tsx,mjs}', { exclude: ['**/node_modules/**', '**/dist/**'] }).map((path) =>
  path.replaceAll('\\', '/'),
)
const imports: Import[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)].map((match) => ({
    file,
    target: normalize(join(dirname(file), match[1] ?? '')).replaceAll('\\', '/'),
  })),
)

const isAllowed = ({ file, target }: Import): boolean => {
  const [from, to] = [folderOf(file), folderOf(target)]
  const allowed = mayImport[from]
  if (!allowed || !mayImport[to]) return false
  if (from === to || to === 'shared') return true
  // a test may also use the harness, and fill a database
  if (/\.test\.tsx?$/.test(file) && ['e2e', 'store', 'ingest', 'ingest/sources'].includes(to)) return true
  return allowed.includes('*') || allowed.includes(to) || allowed.includes(target.replace(/^server\//, ''))
}

const say = ({ file, target }: Import) => `${file} imports ${target}`

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(50)
    expect(imports.map(say)).toContain('server/store/connection.ts imports server/store/database-types.ts')
  })

  it('go one way, between folders that are listed', () => {
    expect(imports.filter((one) => !isAllowed(one)).map(say)).toEqual([])
  })

  it('never lead from one source to another', () => {
    const sourceOf = (path: string) => /^server\/ingest\/sources\/([^/]+)\//.exec(path)?.[1]
    const crossing = ({ file, target }: Import) => sourceOf(file) && sourceOf(target) && sourceOf(file) !== sourceOf(target)
    expect(imports.filter(crossing).map(say)).toEqual([])
  })

  it('in the pages are of types and constants only, and never of a package of the server', () => {
    const packages = /from ['"](node:[^'"]+|fastify[^'"]*|pg|kysely|better-auth[^'"]*|pino|nodemailer)['"]/
    const pages = files.filter((file) => /^(web|shared)\//.test(file) && !/\.test\.tsx?$/.test(file) && !file.endsWith('vite.config.ts'))
    expect(pages.filter((file) => packages.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})

describe('clock, chance and settings', () => {
  const pure = files.filter(
    (file) => /^(shared|server\/(ingest|rollup|metrics|diagnosis|report|alerts))\//.test(file) && !/\.test\.tsx?$/.test(file),
  )
  // comments may name what the code may not do
  const codeOf = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

  it.each([
    ['the clock', /new Date\(\)|Date\.now\(\)|Temporal\.Now|performance\.now/],
    ['chance', /Math\.random|randomUUID|randomBytes/],
    ['the environment', /process\.env/],
  ])('%s is an argument', (_, pattern) => {
    expect(pure.filter((file) => pattern.test(codeOf(file)))).toEqual([])
  })

  it('the environment is read in one file', () => {
    // what runs before everything, and what starts it
    const readers = ['server/ensure-installed.mjs', 'server/config.ts', 'server/main.ts', 'server/cli/']
    const others = files.filter((file) => /^(server|shared|web)\//.test(file) && !/\.test\.tsx?$/.test(file))
    expect(others.filter((file) => /process\.env/.test(codeOf(file)) && !readers.some((one) => file.startsWith(one)))).toEqual([])
  })
})
