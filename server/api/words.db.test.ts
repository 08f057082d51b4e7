import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addCommunity, addKey, addPerson, asBrowser, buildAccessApp, signIn, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { problemSchema } from '../../shared/contract/problem.ts'
import { countedWordsSchema, workWordsSchema } from '../../shared/contract/work-words.ts'
import { eventRoute } from '../ingest/event-route.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { appendEvents } from '../store/append-events.ts'
import { loadTextReading } from '../store/text-reading.ts'
import { wordsRoutes } from './words-routes.ts'

const NOW = new Date('2026-04-01T12:00:00Z')
let now = NOW
let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
let here: TestCommunity
let manager: Record<string, string>
let viewer: Record<string, string>
let key: Record<string, string>

beforeAll(async () => {
  db = await createTestDatabase()
  app = await buildAccessApp({
    pool: db.pool,
    now: () => now,
    routes: async (server) => {
      await server.register(wordsRoutes({ pool: db.pool, now: () => now }))
      await server.register(
        eventRoute({
          append: (batch) => appendEvents(db, batch),
          now: () => now,
          readingOf: (communityId) => loadTextReading(db.pool, communityId),
        }),
      )
    },
  })
  here = await addCommunity(db.pool, 'here')
  await addPerson(db.pool, 'manager@example.org', 'manager', here)
  manager = asBrowser(await signIn(app, db.pool, 'manager@example.org'))
  await addPerson(db.pool, 'viewer@example.org', 'viewer', here)
  viewer = asBrowser(await signIn(app, db.pool, 'viewer@example.org'))
  key = { authorization: `Bearer ${await addKey(db.pool, here, ['ingest'])}` }
})
afterAll(async () => {
  await app.close()
  await db.close()
})
beforeEach(async () => {
  now = NOW
  for (const table of ['talk_words', 'talk_words_change', 'event', 'contribution'])
    await db.pool.query(`delete from ${table} where community_id = $1`, [here.community_id])
})

const URL = '/api/v1/communities/here/words'
const put = (payload: unknown, headers = manager) => app.inject({ method: 'PUT', url: URL, headers, payload: payload as object })
const set = async (language: string, families: Record<string, string[] | null>) => {
  const answer = await put({ language, families })
  expect(answer.statusCode, answer.body).toBe(200)
  return workWordsSchema.parse(answer.json())
}
const read = async (headers = viewer) => workWordsSchema.parse((await app.inject({ url: URL, headers })).json())
const listOf = async (language: string, family: string) =>
  (await read()).languages.find((one) => one.language === language)?.families.find((one) => one.family === family)
const send = async (id: string, text: string) => {
  const event = { id, source: 'chat', type: 'post.published', occurred_at: '2026-03-02T09:00:00Z', actor: { id: 'ana' }, text }
  const answer = await app.inject({ method: 'POST', url: '/api/v1/events', headers: key, payload: { events: [event] } })
  expect(answer.json()).toMatchObject({ accepted: 1 })
  const { rows } = await db.pool.query(
    'select artefact_word_count, document_word_count, work_words from event where source_event_id = $1',
    [id],
  )
  return rows[0]
}

describe('words of work', () => {
  it('are the default ones until a manager gives others, in English alone', async () => {
    const { languages, counts_since, note } = await read()
    expect(languages.map(({ language }) => language)).toEqual(['en'])
    expect(languages[0]?.families.map(({ family, is_own }) => [family, is_own])).toEqual([
      ['artefact', false],
      ['procedure', false],
      ['document', false],
      ['build', false],
    ])
    expect(counts_since).toBeNull()
    expect(note).toContain('from then on')
  })

  it('count from the change on; what was received before stays as it was counted', async () => {
    expect(await send('before', 'merge the Besprechung')).toMatchObject({ artefact_word_count: 1, work_words: { artefact: { merge: 1 } } })
    now = new Date('2026-04-02T12:00:00Z')
    const changed = await set('de', { procedure: ['Besprechung', 'Protokoll'] })
    expect(changed.counts_since).toBe('2026-04-02T12:00:00.000Z')
    expect(await send('after', 'merge the BESPRECHUNG')).toEqual({
      artefact_word_count: 2,
      document_word_count: 0,
      work_words: { artefact: { merge: 1 }, procedure: { Besprechung: 1 } },
    })
    const { rows } = await db.pool.query("select artefact_word_count from event where source_event_id = 'before'")
    expect(rows).toEqual([{ artefact_word_count: 1 }])
  })

  it('of a language and family take the place of the default, and null brings it back', async () => {
    await set('en', { artefact: ['valve'], document: [] })
    expect(await send('a', 'merge the valve draft, fix it')).toEqual({
      artefact_word_count: 1,
      document_word_count: 1,
      work_words: { artefact: { valve: 1 }, build: { fix: 1 } },
    })
    expect(await listOf('en', 'document')).toMatchObject({ words: [], is_own: true })
    now = new Date('2026-04-03T12:00:00Z')
    const back = await set('en', { artefact: null, document: null })
    // whoever reads must know that counts from between were by other words
    expect(back.counts_since).toBe('2026-04-03T12:00:00.000Z')
    expect(await listOf('en', 'artefact')).toMatchObject({ is_own: false })
    expect(await send('b', 'merge the valve')).toMatchObject({ work_words: { artefact: { merge: 1 } } })
  })

  it('set again to the same change nothing, not even since when', async () => {
    await set('de', { build: ['bauen'] })
    now = new Date('2026-04-03T12:00:00Z')
    expect((await set('de', { build: ['bauen'] })).counts_since).toBe(NOW.toISOString())
    expect((await set('fr', { build: null })).counts_since).toBe(NOW.toISOString())
  })

  it('left out stay as they are', async () => {
    await set('de', { build: ['bauen'], document: ['Entwurf'] })
    await set('de', { build: ['gebaut'] })
    expect((await listOf('de', 'document'))?.words).toEqual(['Entwurf'])
    expect((await listOf('de', 'build'))?.words).toEqual(['gebaut'])
  })

  it('are kept composed, once each, without what nobody sees', async () => {
    await set('he', { procedure: ['\u200f ישיבה\u200f', 'Pru\u0308fung', 'Prüfung', 'stand  up'] })
    expect((await listOf('he', 'procedure'))?.words).toEqual(['ישיבה', 'Prüfung', 'stand up'])
    expect(await send('nfd', 'die pru\u0308fung; הישיבה, ישיבה.')).toMatchObject({
      work_words: { procedure: { Prüfung: 1, ישיבה: 1 } },
    })
  })

  it('are no patterns, whatever stands in them', async () => {
    expect((await put({ language: 'en', families: { artefact: ['.*'] } })).statusCode).toBe(400)
    await set('en', { artefact: ['(a+)+$', 'c++', '[x]', 'a|b', '\\d', '__proto__', 'constructor'] })
    expect(await send('regex', 'aaaa x 7 C++ a|b a b __proto__ constructor toString')).toMatchObject({
      work_words: { artefact: { 'c++': 1, 'a|b': 1, ['__proto__']: 1, constructor: 1 } },
    })
  })

  it.each([
    ['too many', { language: 'en', families: { build: Array.from({ length: 501 }, (_, i) => `w${i}`) } }],
    ['too long', { language: 'en', families: { build: ['w'.repeat(61)] } }],
    ['nothing to be seen', { language: 'en', families: { build: ['\u200e  '] } }],
    ['no word', { language: 'en', families: { build: ['…'] } }],
    ['a zero', { language: 'en', families: { build: ['a\0b'] } }],
    ['half a character', { language: 'en', families: { build: ['a\ud800'] } }],
    ['no such family', { language: 'en', families: { toys: ['a'] } }],
    ['no such language', { language: 'English!', families: { build: ['a'] } }],
    ['no list', { language: 'en', families: { build: 'a' } }],
  ])('are refused where there is %s', async (_, payload) => {
    const answer = await put(payload)
    expect(answer.statusCode).toBe(400)
    problemSchema.parse(answer.json())
    expect((await read()).counts_since).toBeNull()
  })

  it('come in ten languages at most', async () => {
    for (const letter of 'abcdefghij') await set(`x${letter}`, { build: ['word'] })
    const answer = await put({ language: 'zz', families: { build: ['word'] } })
    expect(answer.statusCode).toBe(422)
    expect(problemSchema.parse(answer.json()).detail).toContain('10 languages')
    expect(problemSchema.parse(answer.json()).type).toContain('too-many-languages')
    // one taken back makes room
    await set('xa', { build: null })
    await set('zz', { build: ['word'] })
  })

  it('are two thousand at most, in all languages together', async () => {
    const list = Array.from({ length: 500 }, (_, i) => `word ${i}`)
    await set('de', { artefact: list, procedure: list, document: list, build: list })
    const answer = await put({ language: 'fr', families: { build: ['construire'] } })
    expect(answer.statusCode).toBe(422)
    expect(problemSchema.parse(answer.json()).detail).toContain('2000 words')
    await set('de', { build: null })
    await set('fr', { build: ['construire'] })
  })

  it('are seen by who may see the community and changed by its managers', async () => {
    expect((await put({ language: 'en', families: { build: [] } }, viewer)).statusCode).toBe(403)
    expect((await read(viewer)).languages).toHaveLength(1)
  })

  it('that were counted are listed for a span of days', async () => {
    await send('a', 'merge, merge and commit')
    await refreshCommunity(db, here.community_id, { now })
    const counted = await app.inject({ url: `${URL}/counted?from=2026-03-01&to=2026-03-31`, headers: viewer })
    expect(countedWordsSchema.parse(counted.json())).toMatchObject({
      words: [
        { word: 'merge', family: 'artefact', count: 2 },
        { word: 'commit', family: 'artefact', count: 1 },
      ],
      word_count: 4,
    })
    for (const query of [
      'from=2026-03-01',
      'from=yesterday&to=2026-03-31',
      'from=0001-01-01&to=9999-12-31',
      'from=2026-02-30&to=2026-03-31',
    ])
      expect((await app.inject({ url: `${URL}/counted?${query}`, headers: viewer })).statusCode, query).toBe(400)
    expect((await app.inject({ url: `${URL}/counted?from=2026-03-31&to=2026-03-01`, headers: viewer })).json()).toMatchObject({ words: [] })
  })

  it('are changed one after another: nobody overwrites what another has just set', async () => {
    await Promise.all([
      set('de', { build: ['bauen'] }),
      set('de', { document: ['Entwurf'] }),
      set('fr', { build: ['construire'] }),
      set('de', { procedure: ['Sitzung'] }),
    ])
    expect((await listOf('de', 'build'))?.words).toEqual(['bauen'])
    expect((await listOf('de', 'document'))?.words).toEqual(['Entwurf'])
    expect((await listOf('de', 'procedure'))?.words).toEqual(['Sitzung'])
    expect((await listOf('fr', 'build'))?.words).toEqual(['construire'])
  })
})
