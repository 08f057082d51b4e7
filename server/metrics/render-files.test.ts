import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderFiles, SQL_FOLDER } from './render-files.ts'

const project = join(import.meta.dirname, '../..')
const files = renderFiles()

test.each([...files.keys()])('%s is as the catalogue renders it; if not, run npm run render', (path) => {
  expect(readFileSync(join(project, path), 'utf8')).toBe(files.get(path))
})

test('no file is left of a metric that is gone; if one is, run npm run render', () => {
  expect(readdirSync(join(project, SQL_FOLDER)).filter((name) => !files.has(`${SQL_FOLDER}/${name}`))).toEqual([])
})
