import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_PROBLEM_CODES, EVENT_TYPES, MAX_TEXT_LENGTH } from '../../shared/contract/event.ts'
import { canonicalJson } from './canonical-json.ts'
import { eventKey, hashKey, identityKey, threadKey } from './keys.ts'
import { normaliseEvent } from './normalise-event.ts'

const now = new Date('2026-06-01T12:00:00Z')
const plain = { id: '1', source: 'slack', type: 'post.published', occurred_at: '2026-01-31T09:00:00Z', actor: { id: 'u1', name: 'Ana' } }
const accept = (more: Record<string, unknown> = {}) => {
  const { ok, problems } = normaliseEvent({ ...plain, ...more }, now)
  if (!ok) throw new Error(JSON.stringify(problems))
  return ok
}
const refuse = (more: unknown) => {
  const result = normaliseEvent(typeof more === 'object' && more !== null && !Array.isArray(more) ? { ...plain, ...more } : more, now)
  if (result.ok) throw new Error('it was accepted')
  return result.problems
}
const without = (field: string) => Object.fromEntries(Object.entries(plain).filter(([name]) => name !== field))
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) })
const bottomless = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)

describe('bad input', () => {
  it.each([
    ['null', null, '', 'invalid_type'],
    ['a number', 7, '', 'invalid_type'],
    ['an array', [plain], '', 'invalid_type'],
    ['a number for an id', { id: 17 }, '/id', 'invalid_type'],
    ['an empty id', { id: '' }, '/id', 'invalid_value'],
    ['an id too long', { id: 'x'.repeat(513) }, '/id', 'too_long'],
    ['null for a source', { source: null }, '/source', 'missing_field'],
    ['an unknown type', { type: 'question.shouted' }, '/type', 'invalid_value'],
    ['a type of the wrong type', { type: 3 }, '/type', 'invalid_value'],
    ['an actor as text', { actor: 'u1' }, '/actor', 'invalid_type'],
    ['an actor without an id', { actor: { name: 'Ana' } }, '/actor/id', 'missing_field'],
    ['a bot that is "yes"', { actor: { id: 'u1', is_bot: 'yes' } }, '/actor/is_bot', 'invalid_type'],
    ['a field of 32 KiB', { actor: { id: 'u1', name: 'x'.repeat(32 * 1024) } }, '/actor/name', 'too_long'],
    ['a channel of 32 KiB', { channel: 'x'.repeat(32 * 1024) }, '/channel', 'too_long'],
    ['a text beyond its limit', { text: 'x'.repeat(MAX_TEXT_LENGTH + 1) }, '/text', 'too_long'],
    ['properties beyond their limit', { properties: { a: 'é'.repeat(9000) } }, '/properties', 'too_long'],
    ['properties too deep', { properties: nested(40) }, `/properties${'/a'.repeat(33)}`, 'invalid_value'],
    ['properties that are a list', { properties: [] }, '/properties', 'invalid_type'],
    ['a number beyond numbers', { properties: { n: JSON.parse('1e400') } }, '/properties/n', 'invalid_value'],
    ['NUL in an id', { id: 'a\0b' }, '/id', 'not_unicode'],
    ['NUL in the text', { text: 'a\0b' }, '/text', 'not_unicode'],
    ['NUL in a property', { properties: { deep: [{ x: '\0' }] } }, '/properties/deep/0/x', 'not_unicode'],
    ['NUL in the name of a property', { properties: { 'a\0': 1 } }, '/properties/a\0', 'not_unicode'],
    ['half a character in a name', { actor: { id: 'u1', name: 'Ana \ud83d' } }, '/actor/name', 'not_unicode'],
    ['half a character in the name of a property', { properties: { '\udc00': 1 } }, '/properties/\udc00', 'not_unicode'],
    ['a time without an offset', { occurred_at: '2026-01-31T09:00:00' }, '/occurred_at', 'missing_offset'],
    ['a date alone', { occurred_at: '2026-01-31' }, '/occurred_at', 'missing_offset'],
    ['a time with a space', { occurred_at: '2026-01-31 09:00' }, '/occurred_at', 'missing_offset'],
    ['a day that does not exist', { occurred_at: '2026-02-30T09:00:00Z' }, '/occurred_at', 'invalid_time'],
    ['29 February of another year', { occurred_at: '2025-02-29T09:00:00Z' }, '/occurred_at', 'invalid_time'],
    ['an hour that does not exist', { occurred_at: '2026-01-31T25:00:00Z' }, '/occurred_at', 'invalid_time'],
    ['seconds since 1970', { occurred_at: 1769850000 }, '/occurred_at', 'invalid_type'],
    ['words for a time', { occurred_at: 'yesterday' }, '/occurred_at', 'invalid_time'],
    ['the year before the first', { occurred_at: '0001-01-01T00:00:00+01:00' }, '/occurred_at', 'invalid_time'],
    ['the year 9999', { occurred_at: '9999-12-31T23:59:59Z' }, '/occurred_at', 'in_the_future'],
    ['six minutes ahead', { occurred_at: '2026-06-01T12:06:00Z' }, '/occurred_at', 'in_the_future'],
    ['a script for an address', { url: 'javascript:alert(1)' }, '/url', 'invalid_value'],
    ['a misspelt field', { thread: 't1' }, '/thread', 'unknown_field'],
    ['an acceptance of nothing', { type: 'answer.accepted' }, '/in_reply_to', 'missing_field'],
    ['a deletion of nothing', { type: 'content.deleted' }, '/in_reply_to', 'missing_field'],
    ['a joining by nobody', { type: 'member.joined', actor: null }, '/actor', 'missing_field'],
    ['a target that is a number', { target_actor: 4 }, '/target_actor', 'invalid_type'],
    ['a target without an id', { target_actor: {} }, '/target_actor/id', 'missing_field'],
  ])('%s is refused with its place and reason', (_, more, pointer, code) => {
    expect(refuse(more)).toEqual([{ pointer, code, message: expect.stringMatching(/^\S.*\.$/s) }])
  })

  it.each(['id', 'source', 'type', 'occurred_at'])('without %s is refused', (field) => {
    const result = normaliseEvent(without(field), now)
    expect(result.problems).toEqual([{ pointer: `/${field}`, code: 'missing_field', message: expect.any(String) }])
  })

  it('has one problem for each bad field, and the id where one can be read', () => {
    const result = normaliseEvent({ ...plain, id: 'x', type: null, occurred_at: '2026-13-01T00:00:00Z', channel: 1, extra: 1 }, now)
    expect(result.problems?.map((p) => p.pointer).sort()).toEqual(['/channel', '/extra', '/occurred_at', '/type'])
    expect(result).toMatchObject({ id: 'x' })
    expect(normaliseEvent({ ...plain, id: 'x'.repeat(600) }, now)).toMatchObject({ id: null })
  })

  it.each(['id', 'type', 'actor', 'url', 'properties'])('with %s nested without end is refused', (field) => {
    expect(refuse({ [field]: bottomless }).some((problem) => problem.pointer.startsWith(`/${field}`))).toBe(true)
  })

  it('with a thousand bad places names some of them', () => {
    const problems = refuse({ properties: { a: Array.from({ length: 1000 }, () => '\0') } })
    expect(problems.length).toBe(20)
  })

  it('is told what to write', () => {
    expect(refuse({ occurred_at: '2026-01-31 09:00' })[0]?.message).toContain('2026-01-31T09:00Z')
    expect(refuse({ thread: 't1' })[0]?.message).toContain('did you mean thread_id?')
    expect(refuse({ type: 'question' })[0]?.message).toContain('question.asked')
  })

  it('of any kind gives a row or problems of known codes, and never throws', () => {
    const value = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.constantFrom(...EVENT_TYPES, '2026-01-31T09:00:00Z'))
    const fields = [
      'id',
      'source',
      'type',
      'occurred_at',
      'actor',
      'thread_id',
      'in_reply_to',
      'target_actor',
      'channel',
      'url',
      'title',
      'text',
      'properties',
      'other',
    ]
    const event = fc
      .dictionary(fc.constantFrom(...fields), value)
      .map((more) => JSON.parse(JSON.stringify({ ...plain, ...more }, (_, v) => (typeof v === 'bigint' ? String(v) : v))))
    fc.assert(
      fc.property(fc.oneof(event, fc.jsonValue()), (input) => {
        const { ok, problems } = normaliseEvent(input, now)
        if (ok) expect(ok.event_key).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
        else for (const problem of problems) expect(EVENT_PROBLEM_CODES).toContain(problem.code)
      }),
      { numRuns: 500 },
    )
  })
})

describe('unusual input that is well', () => {
  it.each(['<script>alert(1)</script>', 'مريم العلي', '👩‍🔧🏳️‍🌈', '‮abc', "Robert'); drop table event;--", ' '])(
    'the name %s is kept as it is',
    (name) => {
      expect(accept({ actor: { id: name, name }, channel: name }).actor).toMatchObject({ display_name: name, source_actor_id: name })
    },
  )

  it('any age is welcome, and a clock that runs a little fast', () => {
    expect(accept({ occurred_at: '0001-01-01T00:00:00Z' }).occurred_at).toBe('0001-01-01T00:00:00.000000Z')
    expect(accept({ occurred_at: '2026-06-01T12:04:59Z' }).occurred_at).toBe('2026-06-01T12:04:59.000000Z')
    expect(accept({ occurred_at: '2024-02-29T23:30:00.1234567-05:30' }).occurred_at).toBe('2024-03-01T05:00:00.123456Z')
  })

  it('a text of 128 KiB, and null wherever a field may be absent', () => {
    expect(accept({ text: 'word '.repeat(MAX_TEXT_LENGTH / 5) }).word_count).toBe(Math.floor(MAX_TEXT_LENGTH / 5))
    expect(
      accept({
        actor: null,
        thread_id: null,
        in_reply_to: null,
        target_actor: null,
        channel: null,
        url: null,
        title: null,
        text: null,
        properties: null,
      }),
    ).toMatchObject({
      actor: null,
      properties: null,
    })
  })
})

describe('the row', () => {
  it.each(['question.asked', 'post.published', 'announcement.published', 'document.edited', 'task.completed', 'practice.shared'])(
    'of %s opens a thread named by its own id',
    (type) => {
      expect(accept({ type }).thread_key).toBe(threadKey('slack', '1'))
      expect(accept({ type, thread_id: 't' }).thread_key).toBe(threadKey('slack', 't'))
      expect(accept({ type, in_reply_to: '0' })).toMatchObject({ thread_key: null, target_key: eventKey('slack', '0') })
    },
  )

  it.each(['answer.posted', 'reply.posted', 'reaction.added', 'content.viewed'])('of %s without a thread leaves it open', (type) => {
    expect(accept({ type }).thread_key).toBeNull()
  })

  it('counts words of work in what people say to each other, and in nothing else', () => {
    const text = 'the yearly meeting: agenda and draft'
    for (const type of ['post.published', 'question.asked', 'answer.posted', 'reply.posted'] as const)
      expect(accept({ type, text })).toMatchObject({
        word_count: 6,
        artefact_word_count: 2,
        document_word_count: 1,
        work_words: { procedure: { meeting: 1, agenda: 1 }, document: { draft: 1 } },
      })
    for (const type of ['announcement.published', 'document.edited', 'task.completed'] as const)
      expect(accept({ type, text })).toMatchObject({ word_count: 6, artefact_word_count: 0, document_word_count: 0, work_words: null })
  })

  it('names accounts by their source', () => {
    const { actor, target_actor } = accept({ target_actor: 'u2' })
    expect([actor?.identity_key, target_actor?.identity_key]).toEqual([identityKey('slack', 'u1'), identityKey('slack', 'u2')])
    expect(accept({ target_actor: { id: 'u2', name: 'Bo' } }).target_actor).toMatchObject({
      display_name: 'Bo',
      identity_key: identityKey('slack', 'u2'),
    })
    expect(identityKey('a', 'bc')).not.toBe(identityKey('ab', 'c'))
  })

  it('has the key that anyone can compute: SHA-256 over lengths and texts', () => {
    // printf '5:slack1:1' | sha256sum
    expect(eventKey('slack', '1')).toBe('79b5fe7d-4dfa-2b0a-2e3b-066af51c3182')
  })
})

describe('the hash of the body', () => {
  const hashOf = (more: Record<string, unknown>) => accept(more).body_hash

  it.each([
    ['order of members', { properties: { a: 1, b: { c: 2, d: 3 } } }, { properties: { b: { d: 3, c: 2 }, a: 1 } }],
    ['null and absent', {}, { channel: null, title: null, properties: { gone: null } }],
    ['the offset of the time', {}, { occurred_at: '2026-01-31T10:00:00.000+01:00' }],
    ['two ways to name a target', { target_actor: 'u2' }, { target_actor: { id: 'u2', name: null } }],
  ])('does not depend on %s', (_, one, other) => {
    expect(hashOf(one)).toBe(hashOf(other))
  })

  it.each([
    { type: 'reply.posted' },
    { text: 'x' },
    { title: 'x' },
    { actor: { id: 'u2' } },
    { actor: { id: 'u1', name: 'Anna' } },
    { properties: { a: [1, 2] } },
    { occurred_at: '2026-01-31T09:00:00.001Z' },
    { thread_id: '1' },
  ])('depends on %j', (more) => {
    expect(hashOf(more)).not.toBe(hashOf({}))
  })

  it('depends on the order of a list', () => {
    expect(hashOf({ properties: { a: [1, 2] } })).not.toBe(hashOf({ properties: { a: [2, 1] } }))
  })
})

describe('the hash of a body', () => {
  it('is that of its canonical JSON, whatever is in it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    const actor = fc.record(
      { id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), name: fc.option(text), is_bot: fc.option(fc.boolean()) },
      { requiredKeys: ['id'] },
    )
    const event = fc.record(
      {
        actor: fc.option(actor),
        target_actor: fc.option(fc.oneof(actor, fc.constantFrom('u1', 'u2'))),
        thread_id: fc.option(fc.constantFrom('t', 'ü"\\')),
        in_reply_to: fc.option(fc.constantFrom('q', '\n')),
        channel: fc.option(text),
        url: fc.option(fc.webUrl()),
        title: fc.option(text),
        text: fc.option(text),
        properties: fc.option(fc.dictionary(fc.constantFrom('b', 'a', '1', '__proto__x', 'é'), fc.jsonValue({ maxDepth: 2 }))),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(event, (more) => {
        const { ok } = normaliseEvent({ ...plain, ...more }, now)
        if (!ok) return
        const target = 'target_actor' in more && typeof more.target_actor === 'string' ? { id: more.target_actor } : more.target_actor
        const whole = {
          ...plain,
          ...more,
          occurred_at: ok.occurred_at,
          target_actor: target,
          properties: ok.properties && JSON.parse(ok.properties),
        }
        expect(ok.body_hash).toBe(hashKey(canonicalJson(whole)))
      }),
      { numRuns: 500, seed: 20260601 },
    )
  })
})

describe('keys', () => {
  it('are the same however often and however many are asked for', () => {
    const wanted = (i: number) => hashKey(`5:slack${`e${i}`.length}:e${i}`)
    // more than are remembered, the first of them again at the end
    for (const i of [...Array(60_000).keys(), 0, 1]) if (eventKey('slack', `e${i}`) !== wanted(i)) throw new Error(`e${i}`)
    expect(eventKey('slac', 'ke1')).not.toBe(eventKey('slack', 'e1'))
  })
})
