import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CAPABILITY_WORDS } from '../../shared/capability-words.ts'
import { CAPABILITIES } from '../../shared/contract/metric.ts'
import { startSentence } from '../../shared/format.ts'
import { renderSources, SOURCES_FILE } from './render-sources.ts'
import { KNOWN_SOURCES } from './sources/known-sources.ts'

const text = renderSources(KNOWN_SOURCES)

it('the page of sources is as they say of themselves; if not, run npm run render', () => {
  expect(readFileSync(join(import.meta.dirname, '../..', SOURCES_FILE), 'utf8')).toBe(text)
})

it('has words for everything a source can tell', () => {
  expect(Object.keys(CAPABILITY_WORDS).toSorted()).toEqual([...CAPABILITIES].toSorted())
})

describe.each(KNOWN_SOURCES.map((source) => [source.name, source] as const))('%s', (name, source) => {
  it('says how to get it, what is read of it and what files it is', () => {
    expect(source.guide.how_to_get.length).toBeGreaterThan(0)
    expect(source.guide.reads.length).toBeGreaterThan(0)
    expect(source.guide.files).not.toBe('')
    // whatever it leaves out of what it tells, people are told why; what tells all depends on its events
    if (source.tells !== null) expect(source.guide.cannot.length).toBeGreaterThan(0)
  })

  it('stands in the table and has a section that the table leads to', () => {
    const [, anchor] =
      text.match(
        new RegExp(
          `^\\| \\[[^\\]]+\\]\\(#([^)]+)\\) \\| ${source.guide.files.replace(/[.*+?^${}()[\]\\]/g, '\\$&').replaceAll('|', '\\\\\\|')} \\|`,
          'm',
        ),
      ) ?? []
    expect(anchor).toBeTruthy()
    expect(text).toContain(`\n## ${startSentence(source.title)}\n`)
    expect(text).toContain(`\`--format ${name}\``)
  })

  it('speaks in whole sentences of one line', () => {
    for (const line of [...source.guide.how_to_get, ...source.guide.reads, ...source.guide.cannot]) {
      expect(line).toMatch(/^[\p{Lu}“"'<`\p{N}]|^[\w-]+\.(?:com|json|xml|csv|mbox)\b/u)
      expect(line).not.toMatch(/\n|\s{2}|\/work\//)
      expect(line.trim()).toBe(line)
    }
  })
})
