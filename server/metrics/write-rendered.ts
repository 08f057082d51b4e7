// npm run render: writes the files made from the catalogue, and removes those of metrics that are gone
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderFiles, SQL_FOLDER } from './render-files.ts'

const project = join(import.meta.dirname, '../..')
const files = renderFiles()
mkdirSync(join(project, SQL_FOLDER), { recursive: true })
for (const name of readdirSync(join(project, SQL_FOLDER))) if (!files.has(`${SQL_FOLDER}/${name}`)) rmSync(join(project, SQL_FOLDER, name))
for (const [path, text] of files) writeFileSync(join(project, path), text)
