import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { nameAlertsVersion } from './name-alerts-version.ts'

test('another version is whatever rules read, judge or state otherwise, and no test of them', async () => {
  const root = await mkdtemp(join(tmpdir(), 'alerts-version-'))
  for (const folder of ['alerts/rules', 'diagnosis/direction', 'metrics', 'rollup']) await mkdir(join(root, folder), { recursive: true })
  const nameAfter = async (path: string, text: string) => {
    await writeFile(join(root, path), text)
    return nameAlertsVersion(pathToFileURL(`${root}/`))
  }
  const first = await nameAfter('alerts/rules/decline.ts', 'export const limit = 3')
  expect(await nameAfter('alerts/rules/decline.ts', 'export const limit = 3')).toBe(first)
  const versions = [first]
  for (const [path, text] of [
    ['alerts/rules/decline.ts', 'export const limit = 3.5'],
    ['alerts/stated-rates.json', '{}'],
    ['diagnosis/direction/detect.ts', ''],
    ['metrics/catalogue.ts', ''],
    ['rollup/weeks.ts', ''],
  ] as const)
    versions.push(await nameAfter(path, text))
  expect(new Set(versions).size).toBe(versions.length)
  expect(await nameAfter('alerts/rules/decline.test.ts', 'test()')).toBe(versions.at(-1))
  await rm(root, { recursive: true })
})
