import type { Bot } from '../../shared/contract/bot.ts'
import { identityKey } from '../ingest/keys.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { describeBot, describeBots } from '../report/bot-list.ts'
import { listBots, ruleOnBot } from '../store/bots.ts'
import { readAccount } from './account.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, withStore } from './operator.ts'

const STATES: Record<Bot['state'], string> = {
  bot: 'a bot, as a manager says',
  person: 'a person, as a manager says',
  recognised: 'recognised as a bot, left out',
  suspected: 'may be a bot, counted until someone says so',
  ordinary: 'counted as a person',
}

const lineOf = (bot: Bot): string =>
  [
    `${bot.source}:${bot.actor_id}${bot.display_name ? `  ${bot.display_name}` : ''}  (${STATES[bot.state]})`,
    ...bot.reasons.map((r) => `    ${r.sentence}`),
  ].join('\n')

type Options = { source?: string; id?: string }

const accountOf = (account: string | undefined, { source, id }: Options) => {
  if (source !== undefined && id !== undefined && account === undefined) return { source, actorId: id }
  if (account !== undefined && source === undefined && id === undefined) return readAccount(account)
  throw new CommandError('Name one account: <source>:<actor id>, or --source and --id, as the events name it.', EXIT.usage)
}

export const addBotCommands: AddCommands = (program, operator) => {
  const bot = program.command('bot').description('say which accounts are programs and not people')

  bot
    .command('list')
    .description('list accounts that look like bots or were ruled on, and why')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db }) => {
        const bots = describeBots(await listBots(db.pool, (await needCommunity(db, slug)).community_id))
        operator.answer({ bots }, bots.map(lineOf).join('\n') || `No account of ${slug} looks like a bot.`)
      }),
    )

  const addRuling = (name: string, description: string, ruling: boolean | null) =>
    bot
      .command(name)
      .description(description)
      .argument('<slug>', 'the community')
      .argument('[account]', '<source>:<actor id>, as the events name it')
      .option('--source <source>', 'its source, instead of <account>')
      .option('--id <actor id>', 'its id there')
      .action((slug: string, account: string | undefined, options: Options) =>
        withStore(operator, async ({ db }) => {
          const { source, actorId } = accountOf(account, options)
          const { community_id } = await needCommunity(db, slug)
          const ruled = await ruleOnBot(db.pool, {
            communityId: community_id,
            identityKey: identityKey(source, actorId),
            ruling,
            now: operator.now(),
          })
          if (!ruled)
            throw new CommandError(`No event of ${slug} is by or about ${source}:${actorId}: give the source and actor.id of its events.`)
          // no event tells of it, so a running server would not look
          await refreshCommunity(db, community_id, { now: operator.now() })
          operator.answer(describeBot(ruled), lineOf(describeBot(ruled)))
        }),
      )

  addRuling('confirm', 'it is a bot: leave it out of the counts', true)
  addRuling('person', 'it is a person: count it, whatever its source says', false)
  addRuling('forget', 'take back what was said of it', null)
}
