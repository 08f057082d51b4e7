import { readFileSync } from 'node:fs'

/** The text of `sql/rollups/<name>.sql`. */
export const rollupStatement = (name: string): string => readFileSync(new URL(`../../sql/rollups/${name}.sql`, import.meta.url), 'utf8')
