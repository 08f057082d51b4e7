import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** For NODE_COMPILE_CACHE of a program that a test starts. */
    compiledFolder: string
  }
}

/** Programs that tests start, by the hundred, read what the first of them has compiled: half of the time of a command is that. */
export default async function compileOnce(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'barnraise-compiled-'))
  project.provide('compiledFolder', folder)
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
