import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Programs that tests start, by the hundred, read what the first of them has compiled: half of the time of a command is that. */
export default async function compileOnce(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'barnraise-compiled-'))
  process.env.NODE_COMPILE_CACHE = folder
  return () => rm(folder, { recursive: true, force: true })
}
