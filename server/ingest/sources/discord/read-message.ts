import type { EventInput } from '../../../../shared/contract/event.ts'
import { cleanName } from '../clean-text.ts'
import { readInstant } from '../read-instant.ts'
import type { Place, RowProblem, SourceAccount, SourceItem } from '../source.ts'
import type { DiscordChannel } from './read-channel.ts'
import { readDiscordText } from './read-text.ts'

export type DiscordMessage = Record<string, unknown> & { id: string }

/** MessageKind.cs; kinds it has no name for come as their numbers: 20 and 23 answer a command, 21 stands where a thread began. */
const SAID: ReadonlySet<string> = new Set(['Default', 'Reply', 'ApplicationCommand', 'ContextMenuCommand', '0', '19', '20', '23'])
const REPLY: ReadonlySet<string> = new Set(['Reply', '19'])
const JOIN: ReadonlySet<string> = new Set(['GuildMemberJoin', '7'])
/** Notices that are told by their names or numbers; a file may hold any. */
const NOTICES: ReadonlySet<string> = new Set([
  ...['RecipientAdd', 'RecipientRemove', 'Call', 'ChannelNameChange', 'ChannelIconChange', 'ChannelPinnedMessage', 'ThreadCreated'],
  ...['UserPremiumGuildSubscription', 'ThreadStarterMessage'],
  ...Array.from({ length: 100 }, (_, kind) => String(kind)),
])
const THREAD_STARTER: ReadonlySet<string> = new Set(['ThreadStarterMessage', '21'])

/** Everyone whose account is gone and whose messages stay is shown as this one account; it is nobody. */
const DELETED_USER = '456226577798135808'

const kindOf = ({ type }: DiscordMessage) => String(type ?? 'Default')
export const isThreadStarter = (message: DiscordMessage): boolean => THREAD_STARTER.has(kindOf(message))
export const isSaid = (message: DiscordMessage): boolean => SAID.has(kindOf(message))

const idOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' && value !== DELETED_USER ? value : null)

/** An account as a message shows it; null for nobody. */
export const readAccount = (user: unknown): SourceAccount | null => {
  const { id: given, nickname, name, isBot } = (user ?? {}) as Record<string, unknown>
  const id = idOf(given)
  if (id === null) return null
  const shown = cleanName(nickname) ?? cleanName(name)
  return { id, is_bot: isBot === true, ...(shown === null ? {} : { name: shown }) }
}

export type MessageContext = {
  source: string
  channel: DiscordChannel
  /** It opens its thread: that of the file it lies in, or one of its own. */
  opens: boolean
}

export const refuse = (pointer: string, code: string, message: string): RowProblem => ({ pointer, code, message })

/** The event of a message and those of the reactions to it, or what it is that is no event. */
export function* readMessage(message: DiscordMessage, place: Place, { source, channel, opens }: MessageContext): Generator<SourceItem> {
  const at = readInstant(message.timestamp)
  if (at === null) {
    const shown = JSON.stringify(message.timestamp)?.slice(0, 60)
    yield { ...place, problem: refuse('/timestamp', 'invalid_time', `timestamp ${shown} is no time with an offset after 1990.`) }
    return
  }
  const actor = readAccount(message.author)
  const common = { source, occurred_at: at, ...(actor === null ? {} : { actor: { id: actor.id } }) }
  if (JOIN.has(kindOf(message))) {
    if (actor === null) yield { ...place, skipped: 'joining of an account that is gone' }
    else yield { ...place, event: { ...common, id: message.id, type: 'member.joined' } }
    return
  }
  if (!isSaid(message)) {
    yield { ...place, skipped: NOTICES.has(kindOf(message)) ? `notice: ${kindOf(message)}` : 'notice: of another kind' }
    return
  }
  // a message passed on, or taken over from another server, has a reference too and answers nothing
  const reference = REPLY.has(kindOf(message)) ? (message.reference as { messageId?: unknown } | null | undefined) : null
  const inReplyTo = idOf(reference?.messageId)
  const isThread = channel.kind === 'thread'
  const isReply = inReplyTo !== null || (!opens && (isThread || REPLY.has(kindOf(message))))
  const event: EventInput = {
    ...common,
    id: message.id,
    type: isReply ? 'reply.posted' : channel.kind === 'announcements' ? 'announcement.published' : 'message.posted',
    channel: channel.channel,
    ...(isThread ? { thread_id: channel.id } : {}),
    ...(isReply && inReplyTo !== null ? { in_reply_to: inReplyTo } : {}),
    ...(isThread && opens && channel.title !== null ? { title: channel.title } : {}),
    ...(channel.guildId !== null && /^\d+$/.test(message.id)
      ? { url: `https://discord.com/channels/${channel.guildId}/${channel.id}/${message.id}` }
      : {}),
    text: readDiscordText(message),
  }
  yield { ...place, event, ...(channel.kind === 'flat' && (isReply || !opens) ? { is_flat: true } : {}) }
  yield* readReactions(message, place, { source, occurred_at: at, channel: channel.channel })
}

/** Who reacted is in the export of late; when is not, so it is taken for the time of the message. */
function* readReactions(
  { id, reactions }: DiscordMessage,
  place: Place,
  common: Pick<EventInput, 'source' | 'occurred_at' | 'channel'>,
): Generator<SourceItem> {
  if (!Array.isArray(reactions)) return
  for (const { emoji, count, users } of reactions.filter((one) => typeof one === 'object' && one !== null) as Record<string, unknown>[]) {
    const { id: emojiId, name, code } = (emoji ?? {}) as Record<string, unknown>
    const shown = cleanName(code) ?? cleanName(name)
    if (shown === null) continue
    const given = new Set<string>()
    for (const user of Array.isArray(users) ? users : []) {
      const account = readAccount(user)
      if (account === null || given.has(account.id)) continue
      given.add(account.id)
      yield {
        ...place,
        event: {
          ...common,
          // an emoji of the server is known by its id, for its name changes
          id: `${id}/reaction/${(cleanName(emojiId) ?? shown).slice(0, 200)}/${account.id}`,
          type: 'reaction.added',
          actor: { id: account.id },
          in_reply_to: id,
          properties: { reaction: shown },
        },
      }
    }
    if (typeof count === 'number' && count > given.size) yield { ...place, skipped: 'emoji with more reactions than people named' }
  }
}
