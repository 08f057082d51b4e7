import { type Classify, classifiedAs, classifyMessage } from './classify-message.ts'
import { CHANNEL_RULE, type FoundType } from './rules.ts'

/** What a community says the messages of a channel are. */
export type ChannelRule = { source: string; channel: string; finds: FoundType }

const keyOf = (source: string, channel: string): string => JSON.stringify([source, channel])

/** By the channel first, as the community has it, then by the rules of the text. */
export const classifyByChannel = (rules: readonly ChannelRule[]): Classify => {
  if (rules.length === 0) return classifyMessage
  const byChannel = new Map(rules.map(({ source, channel, finds }) => [keyOf(source, channel), classifiedAs(finds, CHANNEL_RULE)]))
  return (message) =>
    (message.channel === null ? undefined : byChannel.get(keyOf(message.source, message.channel))) ?? classifyMessage(message)
}
