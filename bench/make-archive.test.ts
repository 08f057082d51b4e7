import { expect, it } from 'vitest'
import { KNOWN_SOURCES } from '../server/ingest/sources/known-sources.ts'
import { MAKE_ARCHIVE } from './make-archive.ts'

it('makes an archive of each format that can be imported', () => {
  expect(Object.keys(MAKE_ARCHIVE).sort()).toEqual(KNOWN_SOURCES.map(({ name }) => name).sort())
})
