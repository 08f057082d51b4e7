import type { Channels } from '../../../shared/contract/channel.ts'
import { sayRule } from './describe-rules.ts'
import type { FoundType } from './rules.ts'
import { UNSURE_RULES } from './rules.ts'

type Counted = {
  channels: (Omit<Channels['channels'][number], 'set_at' | 'finds'> & { set_at: Date | null; finds: FoundType | null })[]
  channel_count: number
  rules: { rule: string; message_count: number }[]
}

/** What a change brings, and what it leaves. */
export const CHANNEL_NOTE =
  'A mapping counts for messages received from then on, because text is read once, on the way in. For what was received before, import the same files again and choose “Replace it”: every message is then read anew.'

/** The channels as they are told to people and programs. */
export const describeChannels = ({ channels, channel_count, rules }: Counted): Channels => ({
  channels: channels.map((one) => ({ ...one, set_at: one.set_at?.toISOString() ?? null })),
  channel_count,
  rules: rules.map(({ rule, message_count }) => ({ rule, says: sayRule(rule), is_unsure: UNSURE_RULES.includes(rule), message_count })),
  note: CHANNEL_NOTE,
})
