import type { EventInput } from '../../../shared/contract/event.ts'
import type { SourceItem } from '../sources/source.ts'
import { ChannelState } from './channel-state.ts'
import { KnownNames } from './known-names.ts'
import { CHANNELS_KEPT, PEOPLE_KEPT_IN_ALL } from './limits.ts'
import { type FlatMessage, linkMessage } from './link-message.ts'

/** What may be part of a conversation. */
const TALK: ReadonlySet<EventInput['type']> = new Set<EventInput['type']>([
  'message.posted',
  'question.asked',
  'answer.posted',
  'reply.posted',
  'post.published',
  'announcement.published',
])
/** What says by its type that it answers nothing. */
const OPENING: ReadonlySet<EventInput['type']> = new Set<EventInput['type']>(['question.asked', 'announcement.published'])

/**
 * Finds for each message of a flat chat the message it answers (docs/threads.md), channel by channel, in one pass and bounded
 * memory; everything else passes as it is. Messages of a channel must come in the order of their time: one that is late finds
 * nothing later than itself. What a source itself says of a thread stands; it is remembered where its channel is a flat chat, for
 * the messages that come after it, but for replies inside a thread, which lie elsewhere.
 */
export async function* inferLinks(items: AsyncIterable<SourceItem>): AsyncGenerator<SourceItem> {
  const follow = followChannels()
  for await (const item of items) yield follow(item)
}

/** The same, item by item: for whoever has them at hand, and to measure it. */
export const followChannels = (): ((item: SourceItem) => SourceItem) => {
  const names = new KnownNames()
  const channels = new Channels()
  return (item) => {
    if ('account' in item) {
      names.note(item.account)
      return item
    }
    if (!('event' in item) || item.link || !TALK.has(item.event.type)) return item
    const { event, is_flat } = item
    const at = Date.parse(event.occurred_at)
    // it will be rejected
    if (Number.isNaN(at) || typeof event.id !== 'string') return item
    const state = channels.find(event.source, event.channel ?? '', is_flat === true)
    if (state === null) return item
    const opens = !event.in_reply_to && (event.thread_id ? event.thread_id === event.id : OPENING.has(event.type) || !is_flat)
    if (!is_flat && !opens) return item
    const message: FlatMessage = { ...messageOf(event, names), at }
    if (opens) message.known = { in_reply_to: null, thread_id: event.id }
    else if (event.in_reply_to || event.thread_id)
      message.known = {
        in_reply_to: event.in_reply_to ?? null,
        thread_id: event.thread_id ?? state.threadOf(event.in_reply_to as string) ?? (event.in_reply_to as string),
      }
    const peopleBefore = state.speakers.size
    const link = linkMessage(state, (event.channel ?? '').toLowerCase(), message)
    channels.noteMore(state.speakers.size - peopleBefore)
    // a question that the source names as one, in a flat chat: what answers it is inferred all the same
    const isOpener = is_flat === true && opens && !event.thread_id
    return message.known && !isOpener ? item : { ...item, link }
  }
}

const messageOf = (event: EventInput, names: KnownNames): Omit<FlatMessage, 'at'> => {
  const { actor } = event
  return {
    id: event.id,
    author: actor?.id ?? null,
    names: () => (actor ? names.namesOf(actor) : []),
    text: event.title ? `${event.title}\n${event.text ?? ''}` : (event.text ?? ''),
    is_bot: actor ? names.isBot(actor) : false,
    is_system: false,
  }
}

/** The channels followed, those spoken in last; a chat of many channels is bounded by its people too. */
class Channels {
  private readonly states = new Map<string, ChannelState>()
  private people = 0

  /** The state of a channel; null where it is none yet and `begins` does not say that it is a flat chat. */
  find(source: string, channel: string, begins: boolean): ChannelState | null {
    const key = `${source}\n${channel}`
    const known = this.states.get(key)
    if (!known && !begins) return null
    const state = known ?? new ChannelState()
    if (known) this.states.delete(key)
    this.states.set(key, state)
    return state
  }

  /** Says how many people more are followed, and forgets the channels silent for longest where that is too many. */
  noteMore(people: number): void {
    this.people += people
    for (const [key, state] of this.states) {
      if (this.states.size <= CHANNELS_KEPT && (this.people <= PEOPLE_KEPT_IN_ALL || this.states.size === 1)) return
      this.states.delete(key)
      this.people -= state.speakers.size
    }
  }
}
