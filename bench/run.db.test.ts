import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, it } from 'vitest'
import type { Finding } from './finding.ts'

const run = promisify(execFile)

// for crashing only, never for time; "start" is left out, since it makes a database of its own
it('measures a small community to the end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'barnraise-bench-'))
  try {
    const resultFile = join(folder, 'result.json')
    const small = [
      '--only',
      'ingest,refresh,read,rebuild,support',
      '--weeks',
      '12',
      '--sizes',
      '1000,2000',
      '--ingest-events',
      '3000',
      '--memory-events',
      '3000',
    ]
    const program = join(import.meta.dirname, 'run.ts')
    const { stdout } = await run(process.execPath, [program, '--quick', ...small, '--folder', folder, '--out', resultFile], {
      env: { ...process.env, NODE_COMPILE_CACHE: inject('compiledFolder') },
    })
    const { findings } = JSON.parse(await readFile(resultFile, 'utf8')) as { findings: Finding[] }
    expect([...new Set(findings.map(({ line }) => line))]).toEqual(['ingest', 'refresh', 'read', 'rebuild', 'support'])
    for (const { what, value } of findings) if (value !== null) expect(Number.isFinite(value), what).toBe(true)
    expect(stdout.split('\n')).toHaveLength(findings.length + 3)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 240_000)
