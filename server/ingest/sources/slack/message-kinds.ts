/** What a message is by its subtype: https://api.slack.com/events/message#subtypes */
import { cleanName, cleanText } from '../clean-text.ts'
import type { SlackMessage } from './read-day.ts'

/** Said by a person or a bot. Every other subtype is a notice of Slack's own, which nobody said. */
const SAID: ReadonlySet<unknown> = new Set([
  undefined,
  null,
  '',
  'me_message',
  'file_share',
  'file_comment',
  'bot_message',
  'thread_broadcast',
  'slackbot_response',
])
/** Notices that are told by their names; a file may hold any. */
const NOTICES: ReadonlySet<unknown> = new Set(
  (
    'assistant_app_thread bot_add bot_disable bot_enable bot_remove channel_archive channel_canvas_updated channel_convert_to_private ' +
    'channel_convert_to_public channel_leave channel_name channel_posting_permissions channel_purpose channel_topic channel_unarchive ' +
    'document_mention ekm_access_denied file_created file_mention file_reference group_archive group_leave group_name group_purpose ' +
    'group_topic group_unarchive huddle_thread joiner_notification message_changed message_deleted message_replied mpdm_leave mpdm_move ' +
    'pinned_item reminder_add reminder_delete reply_broadcast sh_room_created sh_room_shared tabbed_canvas_updated tombstone unpinned_item'
  ).split(' '),
)
/** What a message that nobody said is called among what was skipped. */
export const nameOfNotice = ({ type, subtype, hidden }: SlackMessage): string =>
  NOTICES.has(subtype)
    ? `notice: ${subtype}`
    : type !== 'message'
      ? 'no message'
      : hidden === true
        ? 'hidden message'
        : 'notice: of another kind'

const JOINS: ReadonlySet<unknown> = new Set(['channel_join', 'group_join'])
const RENAMES: ReadonlySet<unknown> = new Set(['channel_name', 'group_name'])

export const isSaid = ({ type, subtype, hidden }: SlackMessage): boolean => type === 'message' && hidden !== true && SAID.has(subtype)
export const isJoin = ({ subtype }: SlackMessage): boolean => JOINS.has(subtype)
export const isRename = ({ subtype }: SlackMessage): boolean => RENAMES.has(subtype)

/** A reply in a thread names the thread's first message; that one, once it has replies, names itself. */
export const threadOf = ({ thread_ts, ts }: SlackMessage): string | null =>
  typeof thread_ts === 'string' && /^\d{1,12}\.\d{1,9}$/.test(thread_ts) && thread_ts !== ts ? thread_ts : null

/** Who said it; a bot without an account of its own goes by its id, or by the name it writes under. Null: nobody is named. */
export const authorOf = (message: SlackMessage): string | null => {
  const { user, comment, bot_id, username } = message
  const person = idOf(user) ?? (typeof comment === 'object' && comment !== null ? idOf((comment as { user?: unknown }).user) : null)
  if (person !== null) return person
  const bot = idOf(bot_id) ?? (message.subtype === 'bot_message' ? idOf(username) : null)
  return bot === null ? null : `bot:${bot}`
}

/** The name a bot without an account of its own shows. */
export const botNameOf = ({ bot_profile, username }: SlackMessage): string | null =>
  cleanName((bot_profile as { name?: unknown } | null | undefined)?.name) ?? cleanName(username)

const idOf = (value: unknown): string | null => cleanText(value, 200)
