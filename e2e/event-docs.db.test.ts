import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVENT_PROBLEM_CODES, EVENT_TYPES, eventSchema } from '../shared/contract/event.ts'
import { createCommunity, serveEvents } from './event-server.ts'
import { createTestDatabase } from './test-database.ts'

const text = readFileSync(new URL('../docs/events.md', import.meta.url), 'utf8')
const blocks = [...text.matchAll(/```(sh|json)\n([\s\S]*?)```/g)].map(([, language, content]) => ({ language, content: content ?? '' }))

/** The request that a printed curl command makes; null for commands that send a file. */
const requestOf = (command: string) => {
  const address = /http:\/\/localhost:3000(\/[^\s'\\]*)/.exec(command)?.[1]
  const body = / -d '([^']*)'/.exec(command)?.[1]
  const headers = [...command.matchAll(/-H ['"]([\w-]+): ([^'"]*)['"]/g)].map(([, name, value]) => [name, value] as [string, string])
  return address && body ? { address, body, headers } : null
}

describe('docs/events.md', () => {
  let db: Awaited<ReturnType<typeof createTestDatabase>>
  let server: Awaited<ReturnType<typeof serveEvents>>
  beforeAll(async () => {
    db = await createTestDatabase()
    server = await serveEvents(db, { communityId: await createCommunity(db) })
  })
  afterAll(async () => {
    await server.app.close()
    await db.close()
  })

  it('prints commands whose answers are as printed', async () => {
    let checked = 0
    for (const [i, { content }] of blocks.entries()) {
      const request = requestOf(content)
      if (!request) continue
      const response = await fetch(new URL(request.address, server.url), { method: 'POST', body: request.body, headers: request.headers })
      const answer = await response.json()
      const printed =
        blocks[i + 1]?.language === 'json' ? JSON.parse(blocks[i + 1]?.content ?? '') : { accepted: 1, rejected: 0, conflict: 0 }
      expect(answer).toMatchObject(printed)
      checked += 1
    }
    expect(checked).toBe(4)
  })

  it('names every type, field and code', () => {
    const missing = [...EVENT_TYPES, ...EVENT_PROBLEM_CODES, ...Object.keys(eventSchema.shape)].filter(
      (name) => !text.includes(`\`${name}\``),
    )
    expect(missing).toEqual([])
  })
})
