// part of npm run render: writes the page of documentation made from what the sources say of themselves
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderSources, SOURCES_FILE } from './render-sources.ts'
import { KNOWN_SOURCES } from './sources/known-sources.ts'

writeFileSync(join(import.meta.dirname, '../..', SOURCES_FILE), renderSources(KNOWN_SOURCES))
