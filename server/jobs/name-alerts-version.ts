/** Which program judges alerts: what its rules read and say hangs on many files, and nobody is relied upon to raise a number. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** Where it is written what is read, judged and said; rates that are stated stand there too, as JSON. */
const FOLDERS = ['alerts', 'diagnosis', 'metrics', 'rollup']
const isSource = (name: string): boolean => /\.(ts|json)$/.test(name) && !name.endsWith('.test.ts')

/** The same for the same sources, wherever they lie. `server`: the folder that holds them. */
export const nameAlertsVersion = (server: URL): string => {
  const hash = createHash('sha256')
  for (const folder of FOLDERS) {
    const root = new URL(`${folder}/`, server)
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
    for (const name of names.filter(isSource).sort())
      hash
        .update(`${folder}/${name}\0`)
        .update(readFileSync(new URL(name, root)))
        .update('\0')
  }
  return hash.digest('base64url').slice(0, 16)
}

/** When it is another than before, all is judged again, whether or not anything came in, and what is found only by that is history. */
export const ALERTS_VERSION = nameAlertsVersion(new URL('../', import.meta.url))
