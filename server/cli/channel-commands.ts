import { type Channels, channelInputSchema, FOUND_TYPES } from '../../shared/contract/channel.ts'
import { describeChannels } from '../ingest/classify/describe-channels.ts'
import { countChannels, MAX_CHANNEL_RULES, setChannelRule } from '../store/channel-rules.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Store, withStore } from './operator.ts'

const tell = ({ channels, channel_count, rules, note }: Channels): string =>
  [
    ...channels.map(
      (one) =>
        `${one.source} ${one.channel}: questions ${one.question_count}, announcements ${one.announcement_count}, work ${one.work_count}, posts ${one.post_count}, replies ${one.reply_count}${one.finds === null ? '' : `; mapped to ${one.finds}`}`,
    ),
    ...(channel_count > channels.length ? [`and ${channel_count - channels.length} more`] : []),
    ...(rules.length > 0 ? ['', 'Classified by:', ...rules.map(({ rule, message_count }) => `${rule}: ${message_count}`)] : []),
    '',
    note,
  ].join('\n')

export const addChannelCommands: AddCommands = (program, operator) => {
  const channel = program.command('channel').description('say what the messages of a channel are, where their source does not')

  const show = async ({ db }: Store, communityId: string) => {
    const channels = describeChannels(await countChannels(db.pool, communityId, MAX_CHANNEL_RULES))
    operator.answer(channels, tell(channels))
  }

  channel
    .command('list')
    .description('list the channels, what their messages were found to be, and by which rules')
    .argument('<slug>', 'the community')
    .action((slug: string) => withStore(operator, async (store) => show(store, (await needCommunity(store.db, slug)).community_id)))

  channel
    .command('set')
    .description('say what the messages of a channel are, for what is received from now on')
    .argument('<slug>', 'the community')
    .argument('<source>', 'the source of the channel')
    .argument('<channel>', 'its name, as the list has it')
    .argument('<type>', `${FOUND_TYPES.join(', ')}; or text: as their text says`)
    .action((slug: string, source: string, name: string, type: string) =>
      withStore(operator, async (store) => {
        const input = channelInputSchema.safeParse({ source, channel: name, finds: type === 'text' ? null : type })
        if (!input.success) throw new CommandError(`This cannot be set: the type is one of ${FOUND_TYPES.join(', ')}, or text.`, EXIT.usage)
        const { community_id: communityId } = await needCommunity(store.db, slug)
        const set = await setChannelRule(store.db.pool, { communityId, ...input.data, now: operator.now() })
        if (set === 'no_community') throw new CommandError(`There is no community "${slug}".`)
        if (set === 'too_many') throw new CommandError(`A community maps at most ${MAX_CHANNEL_RULES} channels.`, EXIT.usage)
        await show(store, communityId)
      }),
    )
}
