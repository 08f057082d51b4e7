import type { EventInput } from '../../../../shared/contract/event.ts'
import { cleanName } from '../clean-text.ts'
import type { Place, SourceItem } from '../source.ts'
import type { Reaction } from './hold-reactions.ts'
import type { Said } from './read-text.ts'
import { type createTopics, isNoTopic } from './topics.ts'

export type ZulipMessage = {
  id: string
  at: string
  senderId: string | null
  streamId: string
  channel: string
  topic: string
  said: Said
  reactions: readonly Reaction[]
}

/**
 * The event of a message and those of the reactions to it. The first of its topic opens the thread, with the topic as its title;
 * those without a topic are a flat chat.
 */
export function* readMessage(
  message: ZulipMessage,
  place: Place,
  { source, site, topics }: { source: string; site: string | null; topics: ReturnType<typeof createTopics> },
): Generator<SourceItem> {
  const { id, at, senderId, streamId, channel, topic, said, reactions } = message
  const isFlat = isNoTopic(topic)
  const opener = isFlat ? id : topics.openerOf(streamId, topic, id)
  const isReply = opener !== id
  // a quotation of something later is a hand-written address
  const answered = said.quotedId !== null && isEarlier(said.quotedId, id) ? said.quotedId : null
  const title = isReply || isFlat ? null : cleanName(topic)
  const common = { source, occurred_at: at, channel }
  const event: EventInput = {
    ...common,
    id,
    type: isReply || (isFlat && answered !== null) ? 'reply.posted' : 'message.posted',
    ...(senderId === null ? {} : { actor: { id: senderId } }),
    ...(isReply ? { thread_id: opener } : {}),
    ...(answered !== null && (isReply || isFlat) ? { in_reply_to: answered } : {}),
    ...(title === null ? {} : { title }),
    // by its number alone: names of channels and topics change (https://zulip.com/help/search-for-messages)
    ...(site === null ? {} : { url: `${site}/#narrow/near/${id}` }),
    text: said.text,
  }
  yield { ...place, event, ...(isFlat ? { is_flat: true } : {}) }
  const given = new Set<string>()
  for (const { userId, emoji } of reactions) {
    const key = `${id}/reaction/${emoji.slice(0, 200)}/${userId}`
    if (given.has(key)) continue
    given.add(key)
    yield {
      ...place,
      event: {
        ...common,
        id: key,
        type: 'reaction.added',
        actor: { id: userId },
        in_reply_to: id,
        properties: { reaction: emoji },
      },
    }
  }
}

const isEarlier = (a: string, b: string) => a.length < b.length || (a.length === b.length && a < b)
