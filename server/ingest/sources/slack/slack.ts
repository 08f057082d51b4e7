import type { Capability } from '../../../../shared/contract/metric.ts'
import { cleanName } from '../clean-text.ts'
import { problemOfFile } from '../problem-of-file.ts'
import { readJsonArray } from '../read-json-array.ts'
import { readSite } from '../read-site.ts'
import type { EventSource, Place, ReadOptions, SourceAccount, SourceItem } from '../source.ts'
import { firstTextOf, type SourceFile } from '../source-files.ts'
import { findConversations, isChannelList, isDayFile, isUserList } from './find-conversations.ts'
import { readDay } from './read-day.ts'
import { readMessage } from './read-message.ts'
import { MIN_REPLY_SHARE, THREADS_SINCE } from './judge-threads.ts'
import { MIN_JOINED_SHARE, surveyExport } from './survey.ts'

const TELLS: readonly Capability[] = ['joins', 'contributions', 'questions', 'reactions']

/** An export of Slack: its ZIP or the unpacked folder. Read twice: see surveyExport. */
export const slack: EventSource = {
  name: 'slack',
  title: 'Slack export: the ZIP, or its unpacked folder',
  tells: TELLS,
  guide: {
    files: 'the export ZIP, such as "Team Slack export Jan 1 2024 - Jun 30 2024.zip"',
    how_to_get: [
      'An owner or admin of the workspace opens the workspace name, Tools & settings, Workspace settings, and there Import/Export Data.',
      'Under Export choose the longest range of dates and start it; Slack sends a mail when the ZIP is ready.',
      'Drop the ZIP here as it is. Its public channels are enough; an export of private channels needs Slack’s consent and a Business+ or Enterprise plan.',
      'Take every later export from the same first day on, and import it on top: only what is new is added.',
    ],
    reads: [
      'channels.json and groups.json: the channels. A private channel is read only where somebody exported it.',
      'users.json (org_users.json of an organisation): the accounts with their names, whether they are bots, and a hash of their addresses.',
      'The first time a person joins any channel is when they joined. Someone who had spoken before that was here already, and no join is counted.',
      'A reply in a thread is a reply to the message that opened it, on whatever day it came. A reply that is also sent to the channel counts once.',
      `Any other message opens a thread of its own. Where a channel uses no threads, which message answers which is inferred. A month of a channel uses threads where at least ${MIN_REPLY_SHARE * 100} % of its messages are replies in one; no channel did before ${THREADS_SINCE.slice(0, 4)}.`,
      'Reactions, by each person named, at the time of the message.',
      'A channel that was renamed keeps its old name for its old messages.',
      'With the address of the workspace (https://your-team.slack.com) given, every message leads to its original.',
    ],
    cannot: [
      'When somebody left: users.json says that an account was deactivated, and not when. Leaving a channel is not leaving the community.',
      `Who joined before the export begins (on the free plan it holds 90 days), or where the workspace hides the messages of who joins. Joins are not counted at all where fewer than ${MIN_JOINED_SHARE * 100} % of those who speak have been seen to join.`,
      'Which answer was accepted: Slack has no such mark. An emoji that people agreed on for it, such as a tick, is read as the reaction it is.',
      'When a reaction was given. Of long lists Slack names only the first people.',
      'Direct messages and group conversations: their files are not opened.',
      'Messages deleted before the export. Of an edited one only the last text.',
    ],
    says_questions: false,
  },
  recognise: async ({ files }) => {
    const hasLists = files.some(isChannelList) || files.some(isUserList)
    const day = files.find(isDayFile)
    if (hasLists && day) return true
    const alone = day ?? files.find(({ path }) => /^\d{4}-\d\d-\d\d\.json$/.test(path))
    const list = files.find((file) => isChannelList(file) || isUserList(file))
    if (alone) return /^\ufeff?\s*\[\s*\{[\s\S]*"ts"\s*:\s*"\d{9,11}\.\d+"/.test(await firstTextOf(alone))
    return list !== undefined && /^\ufeff?\s*\[\s*\{[\s\S]*"(is_archived|creator|team_id)"\s*:/.test(await firstTextOf(list))
  },
  read: async function* (files, options) {
    const { source, encoding } = options
    const site = readSite(options.site, 'https://your-team.slack.com')
    const { channels, users, skipped } = await findConversations(files, options)
    for (const file of users) yield* readUsers(file, options)
    for (const [why, unread] of skipped) for (const file of unread) yield { position: 1, file: file.path, skipped: why }
    const survey = await surveyExport(channels, encoding)
    for (const [id, name] of survey.bots) yield { position: 1, account: { id, is_bot: true, ...(name === null ? {} : { name }) } }
    if (!survey.tellsJoins) options.declare?.(TELLS.filter((capability) => capability !== 'joins'))
    for (const { user, at, ts, ...place } of survey.joins.values())
      yield { ...place, event: { id: `join:${user}:${ts}`, source, type: 'member.joined', occurred_at: at, actor: { id: user } } }
    const isFirstJoin = (user: string | null, { file, position }: Place) => {
      const join = user === null ? undefined : survey.joins.get(user)
      return join !== undefined && join.file === file && join.position === position
    }
    for (const channel of channels) {
      const flat = survey.flatMonths.get(channel.id)
      for (const day of channel.days)
        for await (const entry of readDay(day.files, encoding, options.note)) {
          const { position, file } = entry
          const place = file === undefined ? { position } : { position, file }
          if (entry.problem) yield { ...place, problem: entry.problem }
          else
            yield* readMessage(entry.message, entry.at, place, {
              source,
              channelId: channel.id,
              channel: survey.nameAt(channel, entry.at),
              site,
              isFlat: flat?.has(entry.at.slice(0, 7)) ?? false,
              isFirstJoin,
            })
        }
    }
  },
}

type User = {
  id?: unknown
  name?: unknown
  real_name?: unknown
  is_bot?: unknown
  is_workflow_bot?: unknown
  profile?: { display_name?: unknown; real_name?: unknown; email?: unknown } | null
}

/** The accounts of users.json: https://api.slack.com/types/user. `is_app_user` says who uses an app, and makes no bot. */
async function* readUsers(file: SourceFile, { encoding, note }: ReadOptions): AsyncGenerator<SourceItem> {
  let position = 0
  try {
    for await (const element of readJsonArray(file, { paths: [''], encoding, ...(note ? { note } : {}) })) {
      position = element.position
      const place = { position, file: file.path }
      if (element.problem) {
        yield { ...place, problem: element.problem }
        continue
      }
      const { id, name, real_name, is_bot, is_workflow_bot, profile } = (element.value ?? {}) as User
      if (typeof id !== 'string' || id === '') {
        yield { ...place, problem: { pointer: '/id', code: 'missing_field', message: 'The account has no id.' } }
        continue
      }
      const shown = [profile?.display_name, profile?.real_name, real_name, name].map(cleanName).find((one) => one !== null)
      const email = cleanName(profile?.email)
      const account: SourceAccount = { id, is_bot: is_bot === true || is_workflow_bot === true || id === 'USLACKBOT' }
      if (shown) account.name = shown
      if (email !== null) account.email = email
      yield { ...place, account }
    }
  } catch (error) {
    // without a name an account is known by its id: the messages are worth reading all the same
    yield problemOfFile(error, file, position + 1)
  }
}
