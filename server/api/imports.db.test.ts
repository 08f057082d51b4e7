import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startImportServer } from '../../e2e/import-server.ts'

let server: Awaited<ReturnType<typeof startImportServer>>
beforeAll(async () => {
  server = await startImportServer()
})
afterAll(() => server.close())

const HEADER = 'id,type,occurred_at,actor_id,thread_id,in_reply_to,channel\r\n'
const row = (no: number, day = 1 + (no % 28)) =>
  `m${no},${no % 3 === 0 ? 'question.asked' : 'reply.posted'},2025-03-${String(day).padStart(2, '0')}T10:00:00Z,p${no % 7},t${no - (no % 3)},${no % 3 === 0 ? '' : `m${no - (no % 3)}`},pumps\r\n`
const table = (from: number, to: number) => HEADER + Array.from({ length: to - from }, (_, at) => row(from + at)).join('')

describe('an import in the page', () => {
  it('goes from files to a preview to stored events, and removes the files', async () => {
    const manager = await server.addManager('whole')
    const bytes = Buffer.from(`${table(0, 30)}m99,nonsense,2025-03-01T10:00:00Z,p1,,,pumps\r\n`)
    const begun = await manager.begin([{ name: 'our export.csv', size: bytes.length }])
    expect(begun).toMatchObject({ status: 201, body: { status: 'uploading', file_name: 'our export.csv', files: [{ uploaded: 0 }] } })
    const { id } = begun.body
    expect(await manager.put(id, 0, 0, bytes.subarray(0, 100))).toMatchObject({ status: 200, body: { uploaded: 100 } })
    expect((await manager.get(id)).files).toEqual([{ name: 'our export.csv', size: bytes.length, uploaded: 100 }])
    expect(await manager.put(id, 0, 100, bytes.subarray(100))).toMatchObject({ body: { uploaded: bytes.length } })
    const checked = await manager.until(id, 'checked')
    expect(checked).toMatchObject({
      format: { name: 'csv' },
      source: 'csv',
      message: null,
      preview: {
        new_events: 30,
        known_events: 0,
        rejected: 1,
        member_count: 7,
        bot_count: 0,
        by_type: { 'question.asked': 10, 'reply.posted': 20 },
        channels: [{ channel: 'pumps', event_count: 30 }],
        tells: ['contributions', 'questions'],
        rejections: [{ file: null, position: 32 }],
      },
    })
    expect(checked.preview?.cannot_tell).toContain('leaves')
    expect((await server.db.pool.query('select from event where community_id = $1', [manager.community.community_id])).rowCount).toBe(0)
    expect(await manager.start(id)).toMatchObject({ status: 200, body: { status: 'running' } })
    const done = await manager.until(id, 'done')
    expect(done).toMatchObject({ accepted: 30, duplicate: 0, rejected: 1, summary: { by_type: { 'question.asked': 10 } } })
    const list = await manager.list()
    expect(list).toMatchObject([{ id, status: 'done', files: [{ uploaded: bytes.length }] }])
    expect(list[0]).not.toHaveProperty('preview')
  })
})
