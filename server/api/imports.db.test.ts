import { readdir, stat } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startImportServer } from '../../e2e/import-server.ts'
import { makeZip } from '../ingest/sources/made-zip.ts'

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

  it('goes on with an upload where it stopped, and takes no piece twice, in another place, or too large', async () => {
    const manager = await server.addManager('pieces')
    const bytes = Buffer.from(table(0, 30))
    const { id } = (await manager.begin([{ name: 'a.csv', size: bytes.length }])).body
    expect(await manager.put(id, 0, 10, bytes.subarray(10))).toMatchObject({ status: 409, body: { uploaded: 0 } })
    await manager.put(id, 0, 0, bytes.subarray(0, 50))
    expect(await manager.put(id, 0, 0, bytes)).toMatchObject({
      status: 409,
      body: { uploaded: 50, detail: expect.stringMatching(/50 bytes/) },
    })
    expect(await manager.put(id, 0, 50, Buffer.concat([bytes.subarray(50), bytes]))).toMatchObject({ status: 413 })
    expect(await manager.put(id, 1, 0, bytes)).toMatchObject({ status: 409 })
    // what fitted of a refused piece may have been kept: the server's word counts
    const { uploaded } = (await manager.get(id)).files[0] as { uploaded: number }
    const pieces = await Promise.all([1, 2, 3].map(() => manager.put(id, 0, uploaded, bytes.subarray(uploaded))))
    expect(pieces.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await manager.until(id, 'checked')).toMatchObject({ preview: { new_events: 30 } })
    expect(await manager.put(id, 0, bytes.length, Buffer.from('more'))).toMatchObject({ status: 409, body: { uploaded: bytes.length } })
  })

  it('keeps what arrived before the connection broke', async () => {
    const manager = await server.addManager('broken')
    const bytes = Buffer.from(table(0, 3000))
    const { id } = (await manager.begin([{ name: 'a.csv', size: bytes.length }])).body
    const path = `/api/v1/communities/broken/imports/${id}/files/0?offset=0`
    const half = bytes.length >> 1
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${server.address}${path}`, {
        method: 'PUT',
        headers: { ...manager.headers, 'content-type': 'application/octet-stream', 'content-length': bytes.length },
      })
      request.on('error', () => resolve())
      request.write(bytes.subarray(0, half), () => request.destroy())
    })
    const uploaded = await manager.settled(id)
    expect(uploaded).toBeLessThanOrEqual(half)
    expect(await manager.put(id, 0, uploaded, bytes.subarray(uploaded))).toMatchObject({ status: 200, body: { uploaded: bytes.length } })
    expect(await manager.until(id, 'checked')).toMatchObject({ preview: { new_events: 3000, rejected: 0 } })
  })

  it('adds of a newer export what is new, keeps what differs, and replaces it when asked', async () => {
    const manager = await server.addManager('newer')
    await manager.importWhole({ 'old.csv': table(0, 20) })
    const newer = table(10, 40).replace('m12,question.asked', 'm12,post.published')
    const id = await manager.drop({ 'new.csv': newer })
    expect(await manager.until(id, 'checked')).toMatchObject({ preview: { new_events: 20, known_events: 9, conflicts: 1 } })
    await manager.start(id)
    expect(await manager.until(id, 'done')).toMatchObject({ accepted: 20, duplicate: 9, conflict: 1 })
    expect((await manager.rejections(id)).body).toMatchObject({ total: 1, kept: 1, rejections: [{ position: 4, code: 'conflict' }] })
    const again = await manager.drop({ 'new.csv': newer })
    await manager.until(again, 'checked')
    expect((await manager.check(again, { on_conflict: 'replace' })).body).toMatchObject({ status: 'checking' })
    expect(await manager.until(again, 'checked')).toMatchObject({ preview: { new_events: 1, conflicts: 0 } })
    await manager.start(again)
    expect(await manager.until(again, 'done')).toMatchObject({ accepted: 1, duplicate: 29, conflict: 0 })
  })

  it('is checked again in another way, and refuses ways there are not', async () => {
    const manager = await server.addManager('ways')
    const id = await manager.drop({ 'a.csv': table(0, 9) })
    await manager.until(id, 'checked')
    for (const options of [{ format: 'myspace' }, { time_zone: 'Mars/North' }, { encoding: 'klingon' }])
      expect(await manager.check(id, options)).toMatchObject({ status: 422 })
    await manager.check(id, { source: 'our forum', format: 'csv', time_zone: 'Europe/Berlin' })
    expect(await manager.until(id, 'checked')).toMatchObject({
      source: 'our forum',
      options: { source: 'our forum', time_zone: 'Europe/Berlin' },
    })
    await manager.start(id)
    await manager.until(id, 'done')
    expect((await manager.start(id)).status).toBe(409)
    expect((await manager.check(id)).status).toBe(409)
    expect((await manager.cancel(id)).status).toBe(409)
    const { rows } = await server.db.pool.query('select distinct source from event where community_id = $1', [
      manager.community.community_id,
    ])
    expect(rows).toEqual([{ source: 'our forum' }])
  })

  it('says what stands in the way of files that cannot be read, and stores nothing of them', async () => {
    const manager = await server.addManager('unread')
    const zip = makeZip([{ name: 'a.csv', content: table(0, 9) }])
    const files = { 'photo.png': 'no', 'cut.zip': zip.subarray(0, 20), 'empty.csv': '' }
    const messages: string[] = []
    for (const [name, content] of Object.entries(files)) {
      const id = await manager.drop({ [name]: content })
      const checked = await manager.until(id, 'checked')
      expect(checked.preview).toBeNull()
      messages.push(checked.message ?? '')
      expect(await manager.start(id)).toMatchObject({ status: 422, body: { detail: checked.message } })
      expect(await manager.cancel(id)).toMatchObject({ status: 200, body: { status: 'cancelled' } })
    }
    expect(messages).toEqual([
      expect.stringMatching(/photo.png is not recognised.*What can be imported/),
      expect.stringMatching(/ZIP ends before its first file/),
      expect.stringMatching(/empty/),
    ])
    expect(await readdir(server.folder.path)).not.toContain((await manager.list())[0]?.id)
  })

  it('takes the whole files of a ZIP that is cut, and says that it is', async () => {
    const manager = await server.addManager('cut-zip')
    const zip = makeZip([
      { name: 'a.csv', content: table(0, 9) },
      { name: 'b.csv', content: table(9, 18) },
    ])
    const id = await manager.drop({ 'cut.zip': zip.subarray(0, zip.length - 30) })
    const { preview, message } = await manager.until(id, 'checked')
    expect(message).toMatch(/ZIP ends in the middle.*import it again/)
    expect(preview?.new_events).toBe(18)
    await manager.start(id)
    expect(await manager.until(id, 'failed')).toMatchObject({ accepted: 18, message })
  })

  it('takes the good rows of a file that is cut, and says that it is', async () => {
    const manager = await server.addManager('cut')
    const packed = gzipSync(Buffer.from(table(0, 20_000)))
    const id = await manager.drop({ 'cut.csv.gz': packed.subarray(0, packed.length >> 1) })
    const { preview, message } = await manager.until(id, 'checked')
    expect(message).toMatch(/ends in the middle/)
    await manager.start(id)
    const failed = await manager.until(id, 'failed')
    expect(failed.accepted).toBe(preview?.new_events)
    expect(failed.accepted).toBeGreaterThan(1000)
    expect(failed.message).toMatch(/ends in the middle/)
    await expect.poll(() => readdir(server.folder.path)).not.toContain(id)
  })

  it('keeps the names people give files off the disk, and takes files of a folder by their places', async () => {
    const manager = await server.addManager('names')
    const name = '../../../etc/cron.d/evil'
    const { body } = await manager.begin([
      { name, size: 3 },
      { name: 'x\u0000y.csv', size: 0 },
    ])
    expect(body.files.map((file) => file.name)).toEqual([name, 'x\ufffdy.csv'])
    expect(await readdir(server.folder.of(body.id))).toEqual(['0', '1'])
    expect((await stat(server.folder.of(body.id))).mode & 0o077).toBe(0)
    expect((await stat(`${server.folder.of(body.id)}/0`)).mode & 0o077).toBe(0)
    await manager.cancel(body.id)
    await expect(stat(server.folder.of(body.id))).rejects.toThrow(/ENOENT/)
    const id = await manager.drop({ 'export/a.csv': table(0, 5), 'export/b.csv': table(5, 9).replace('m7,reply.posted', 'm7,nonsense') })
    expect((await manager.until(id, 'checked')).preview).toMatchObject({
      new_events: 3 + 5,
      rejections: [{ file: 'export/b.csv', position: 4 }],
    })
  })

  it('gives rejected rows as a sheet that starts no formula', async () => {
    const manager = await server.addManager('sheet')
    const done = await manager.importWhole({
      'a.csv': `${HEADER}m1,=cmd(),2025-03-01T10:00:00Z,p1,,,pumps\r\nm2,post.published,2025-03-01T10:00:00Z,p1,,,x\r\n`,
    })
    expect(done).toMatchObject({ accepted: 1, rejected: 1 })
    const sheet = await manager.rejections(done.id, '.csv')
    expect(sheet.type).toMatch(/^text\/csv/)
    const [header, row] = sheet.text.split('\r\n')
    expect(header).toMatch(/file,place,field,code,reason$/)
    expect(row).toMatch(/^,2,\/type,/)
    expect(row).not.toMatch(/(^|,)"?[=+@-]/)
  })

  it('is one at a time in a community, and both are stored', async () => {
    const manager = await server.addManager('two')
    const ids = await Promise.all([manager.drop({ 'a.csv': table(0, 200) }), manager.drop({ 'b.csv': table(100, 300) })])
    for (const id of ids) await manager.until(id, 'checked')
    await Promise.all(ids.map((id) => manager.start(id)))
    const done = await Promise.all(ids.map((id) => manager.until(id, 'done')))
    expect(done.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(300)
    expect(done.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(100)
  })

  it('is refused where it would take more room than there is', async () => {
    const manager = await server.addManager('large')
    const answer = await manager.begin([{ name: 'huge.zip', size: 2 * 1024 ** 3 }])
    expect(answer).toMatchObject({ status: 413, body: { detail: expect.stringMatching(/2.0 GB.*MAX_UPLOAD_GB/) } })
    expect(await manager.list()).toEqual([])
  })

  it('of another community is none', async () => {
    const [one, other] = [await server.addManager('one'), await server.addManager('other')]
    const id = await one.drop({ 'a.csv': table(0, 3) })
    await one.until(id, 'checked')
    for (const ask of [
      other.check(id),
      other.start(id),
      other.cancel(id),
      other.put(id, 0, 0, Buffer.from('x')),
      other.rejections(id),
      other.rejections(id, '.csv'),
    ])
      expect(await ask).toMatchObject({ status: 404 })
  })
})
