import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    webRoot: string
  }
}

/** Builds the pages as they are shipped, once for the whole run; a build inside this process would take React's slow half, made for tests. */
export default async function buildPages(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'barnraise-pages-'))
  const vite = new URL('../node_modules/vite/bin/vite.js', import.meta.url).pathname
  const web = new URL('../web', import.meta.url).pathname
  await promisify(execFile)(process.execPath, [vite, 'build', web, '--outDir', folder, '--emptyOutDir'], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  project.provide('webRoot', folder)
  return () => rm(folder, { recursive: true, force: true })
}
