import { describe, expect, it } from 'vitest'
import type { EventInput } from '../../../shared/contract/event.ts'
import type { SourceItem } from '../sources/source.ts'
import { inferLinks } from './infer-links.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString()
const message = (id: string, minute: number, actor: string, text: string, more: Partial<EventInput> = {}): SourceItem => ({
  position: 1,
  is_flat: true,
  event: { id, source: 'chat', type: 'message.posted', occurred_at: at(minute), actor: { id: actor }, channel: 'pumps', text, ...more },
})
const account = (id: string, name: string, is_bot?: boolean): SourceItem => ({
  position: 1,
  account: { id, name, ...(is_bot === undefined ? {} : { is_bot }) },
})
const linksOf = async (items: readonly SourceItem[]) => {
  const given = (async function* () {
    yield* items
  })()
  const links: string[] = []
  for await (const item of inferLinks(given))
    if ('event' in item)
      links.push(item.link ? `${item.event.id} -> ${item.link.in_reply_to ?? 'opens'} in ${item.link.thread_id}` : item.event.id)
  return links
}

describe('links of the messages of flat chats', () => {
  it('are found by the names of accounts, which come beside the events', async () => {
    const items = [
      account('U1', 'Ana Diaz'),
      account('U2', 'ben'),
      message('1', 0, 'U1', 'does it leak?'),
      message('3', 8, 'U3', 'hello'),
      message('2', 9, 'U2', 'ana: it does'),
    ]
    expect(await linksOf(items)).toEqual(['1 -> opens in 1', '3 -> opens in 3', '2 -> 1 in 1'])
    expect(await linksOf(items.slice(2))).toEqual(['1 -> opens in 1', '3 -> opens in 3', '2 -> opens in 2'])
  })

  it('are found channel by channel, however the channels are mixed, and source by source', async () => {
    const pumps = [message('1', 0, 'ana', 'does it leak?'), message('2', 1, 'ben', 'yes')]
    const tools = [message('3', 0, 'carl', 'any saw?', { channel: 'tools' }), message('4', 1, 'dora', 'mine', { channel: 'tools' })]
    const other = [message('5', 1, 'emil', 'no', { source: 'other' })]
    const found = await linksOf([...pumps, ...tools, ...other])
    const mixed = [pumps[0], tools[0], other[0], tools[1], pumps[1]] as SourceItem[]
    expect(found).toEqual(['1 -> opens in 1', '2 -> 1 in 1', '3 -> opens in 3', '4 -> 3 in 3', '5 -> opens in 5'])
    expect((await linksOf(mixed)).sort()).toEqual(found)
  })

  it('are the same for old messages when a newer export goes on', async () => {
    const old = [message('1', 0, 'ana', 'does it leak?'), message('2', 1, 'ben', 'yes'), message('3', 2, 'ana', 'thanks')]
    const newer = [...old, message('4', 3, 'ben', 'ana: glad'), message('5', 50, 'ana', 'hello')]
    expect((await linksOf(newer)).slice(0, 3)).toEqual(await linksOf(old))
  })

  it('leave alone what is no message of a flat chat', async () => {
    const threaded: SourceItem = { ...message('1', 0, 'ana', 'does it leak?', { thread_id: '1' }), is_flat: false } as SourceItem
    const join = message('2', 0, 'ben', '', { type: 'member.joined' })
    expect(await linksOf([threaded, join, { position: 2, skipped: 'tag' }])).toEqual(['1', '2'])
  })

  it('leave what a source says itself, and know it for the messages after it', async () => {
    const said = message('3', 2, 'carl', 'that one', { in_reply_to: '2' })
    expect(
      await linksOf([message('1', 0, 'ana', 'does it leak?'), message('2', 1, 'ben', 'which'), said, message('4', 3, 'dora', 'carl: no')]),
    ).toEqual(['1 -> opens in 1', '2 -> 1 in 1', '3', '4 -> 3 in 1'])
  })

  it('know what opens a thread of its own in a flat channel, and not the replies in it, which lie elsewhere', async () => {
    const opens = { ...message('2', 1, 'ben', 'who has a saw?', { thread_id: '2' }), is_flat: false } as SourceItem
    const reply = { ...message('3', 2, 'carl', 'I do', { type: 'reply.posted', thread_id: '2' }), is_flat: false } as SourceItem
    const first = message('1', 0, 'ana', 'hello')
    expect(await linksOf([first, opens, reply, message('4', 3, 'dora', 'carl: no'), message('5', 4, 'emil', 'ben: no')])).toEqual([
      '1 -> opens in 1',
      '2',
      '3',
      '4 -> 2 in 2',
      '5 -> 2 in 2',
    ])
  })

  it('say that what answers a question is inferred, also where the source says that it is one', async () => {
    const asked = message('1', 0, 'ana', 'my pump leaks', { type: 'question.asked' })
    expect(await linksOf([asked, message('2', 1, 'ben', 'ana: close it')])).toEqual(['1 -> opens in 1', '2 -> 1 in 1'])
  })

  it('are found in the channels spoken in last, however many there are', async () => {
    const other = Array.from({ length: 2_000 }, (_, i) => message(`o${i}`, 1, 'emil', 'so', { channel: `channel ${i}` }))
    const asked = message('1', 0, 'ana', 'does it leak?')
    const answered = message('2', 2, 'ben', 'ana: it does')
    expect((await linksOf([asked, ...other.slice(1), answered])).at(-1)).toBe('2 -> 1 in 1')
    expect((await linksOf([asked, ...other, answered])).at(-1)).toBe('2 -> opens in 2')
  })

  it('take a bot for one where its account says so', async () => {
    const items = [account('B1', 'feed', true), message('1', 0, 'ana', 'does it leak?'), message('2', 1, 'B1', 'news of the day')]
    expect(await linksOf(items)).toEqual(['1 -> opens in 1', '2 -> opens in 2'])
  })

  it('pass a message without a readable time on, to be rejected', async () => {
    expect(await linksOf([message('1', 0, 'ana', 'hello', { occurred_at: 'yesterday' })])).toEqual(['1'])
  })
})
