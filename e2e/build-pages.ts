import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Builds the pages as they are shipped into a folder of their own; a build inside this process would take React's slow half, made for tests. */
export const buildPages = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'barnraise-pages-'))
  const vite = new URL('../node_modules/vite/bin/vite.js', import.meta.url).pathname
  const web = new URL('../web', import.meta.url).pathname
  await promisify(execFile)(process.execPath, [vite, 'build', web, '--outDir', folder, '--emptyOutDir'], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  return folder
}
