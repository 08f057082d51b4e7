import type { Bot } from '../../shared/contract/bot.ts'
import type { StoredBot } from '../store/bots.ts'
import { sayBotReason } from './say-bot-reason.ts'

const stateOf = ({ ruling, is_recognised, reasons }: StoredBot): Bot['state'] => {
  if (ruling !== null) return ruling ? 'bot' : 'person'
  if (is_recognised) return 'recognised'
  return reasons.length > 0 ? 'suspected' : 'ordinary'
}

/** The account as pages and programs are told of it. */
export const describeBot = (bot: StoredBot): Bot => ({
  id: bot.identity_key,
  source: bot.source,
  actor_id: bot.source_actor_id,
  display_name: bot.display_name,
  state: stateOf(bot),
  is_left_out: bot.is_bot,
  reasons: bot.reasons.map((reason) => ({ by: reason.by, sentence: sayBotReason(reason) })),
  contributions: bot.contributions,
  recent_contributions: bot.recent_contributions,
  first_seen_at: bot.first_seen_at?.toISOString() ?? null,
  last_seen_at: bot.last_seen_at?.toISOString() ?? null,
  other_accounts: bot.other_accounts,
  ruled_at: bot.ruled_at?.toISOString() ?? null,
})

const ORDER: readonly Bot['state'][] = ['suspected', 'recognised', 'bot', 'person', 'ordinary']

/** Those who wait for a manager's word first, in the order given. */
export const describeBots = (bots: readonly StoredBot[]): Bot[] =>
  bots.map(describeBot).sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
