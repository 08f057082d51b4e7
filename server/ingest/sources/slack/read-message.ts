import type { EventInput } from '../../../../shared/contract/event.ts'
import { cleanName } from '../clean-text.ts'
import type { Place, SourceItem } from '../source.ts'
import { authorOf, isJoin, isSaid, nameOfNotice, threadOf } from './message-kinds.ts'
import type { SlackMessage } from './read-day.ts'
import { readSlackText } from './read-text.ts'

export type MessageContext = {
  source: string
  channelId: string
  /** What the channel was called then. */
  channel: string
  site: string | null
  /** The channel is a flat chat in this month. */
  isFlat: boolean
  /** Told as a join already. */
  isFirstJoin: (user: string | null, place: Place) => boolean
}

/** `https://team.slack.com/archives/C1/p1355517523000005`, with the thread of a reply: https://api.slack.com/methods/chat.getPermalink */
const linkTo = (site: string, channelId: string, ts: string, thread: string | null): string =>
  `${site}/archives/${encodeURIComponent(channelId)}/p${ts.replace('.', '')}${
    thread === null ? '' : `?thread_ts=${thread}&cid=${encodeURIComponent(channelId)}`
  }`

/** The event of a message and those of the reactions to it; or what it is that is no event. */
export function* readMessage(message: SlackMessage, at: string, place: Place, context: MessageContext): Generator<SourceItem> {
  const { source, channelId, channel, site } = context
  if (!isSaid(message)) {
    if (!isJoin(message)) yield { ...place, skipped: nameOfNotice(message) }
    else if (!context.isFirstJoin(authorOf(message), place)) yield { ...place, skipped: 'joining of one more channel' }
    return
  }
  const id = `${channelId}/${message.ts}`
  const author = authorOf(message)
  const thread = threadOf(message)
  const common = { source, occurred_at: at, channel }
  const event: EventInput = {
    ...common,
    id,
    ...(thread === null
      ? { type: 'message.posted' as const }
      : { type: 'reply.posted' as const, in_reply_to: `${channelId}/${thread}`, thread_id: `${channelId}/${thread}` }),
    ...(author === null ? {} : { actor: { id: author } }),
    ...(site === null ? {} : { url: linkTo(site, channelId, message.ts, thread) }),
    text: readSlackText(message),
  }
  // a message with a thread of its own is its opener in the flattest chat
  const isFlat = context.isFlat && thread === null && message.thread_ts !== message.ts
  yield { ...place, event, ...(isFlat ? { is_flat: true } : {}) }
  yield* readReactions(message, place, id, common)
}

/** Slack tells who reacted and not when: it is taken for the time of the message. */
function* readReactions(
  { reactions }: SlackMessage,
  place: Place,
  id: string,
  common: Pick<EventInput, 'source' | 'occurred_at' | 'channel'>,
): Generator<SourceItem> {
  if (!Array.isArray(reactions)) return
  for (const reaction of reactions as (Record<string, unknown> | null)[]) {
    const name = cleanName(reaction?.name)
    if (name === null) continue
    const users = Array.isArray(reaction?.users) ? new Set((reaction.users as unknown[]).filter((user) => typeof user === 'string')) : []
    let told = 0
    for (const user of users) {
      if (user === '') continue
      told++
      yield {
        ...place,
        event: {
          ...common,
          id: `${id}/reaction/${name.slice(0, 200)}/${user}`,
          type: 'reaction.added',
          actor: { id: user as string },
          in_reply_to: id,
          properties: { reaction: name },
        },
      }
    }
    // long lists are cut in the export, while the count stays whole
    if (typeof reaction?.count === 'number' && reaction.count > told)
      yield { ...place, skipped: 'emoji with more reactions than people named' }
  }
}
