import { identityKey } from '../ingest/keys.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { mergeIdentities, type StoredIdentity, splitIdentity } from '../store/merge-identities.ts'
import { readAccount } from './account.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, withStore } from './operator.ts'

const keyOf = (account: string): string => {
  const { source, actorId } = readAccount(account)
  return identityKey(source, actorId)
}

const shown = ({ source, source_actor_id, display_name }: StoredIdentity) => ({ source, actor_id: source_actor_id, display_name })
const named = (identities: readonly StoredIdentity[]) =>
  identities.map(({ source, source_actor_id }) => `${source}:${source_actor_id}`).join(', ')

export const addIdentityCommands: AddCommands = (program, operator) => {
  const identity = program.command('identity').description('say which accounts are one person’s')

  identity
    .command('merge')
    .description('count several accounts as one person')
    .argument('<slug>', 'the community')
    .argument('<accounts...>', 'two or more: <source>:<actor id>, as the events name them')
    .action((slug: string, accounts: string[]) =>
      withStore(operator, async ({ db }) => {
        if (accounts.length < 2) throw new CommandError('Name two accounts or more, such as forum:ana chat:u12.', EXIT.usage)
        const { community_id } = await needCommunity(db, slug)
        const merged = await mergeIdentities(db, { communityId: community_id, identityKeys: accounts.map(keyOf) })
        if (!merged)
          throw new CommandError(`Not every one of ${accounts.join(', ')} is in events of ${slug}: give their source and actor.id.`)
        await refreshCommunity(db, community_id, { now: operator.now() })
        operator.answer(
          { community: slug, person_id: merged.person_id, accounts: merged.identities.map(shown) },
          `One person in ${slug}: ${named(merged.identities)}.`,
        )
      }),
    )

  identity
    .command('split')
    .description('count an account as a person of its own again')
    .argument('<slug>', 'the community')
    .argument('<account>', '<source>:<actor id>, as the events name it')
    .action((slug: string, account: string) =>
      withStore(operator, async ({ db }) => {
        const { community_id } = await needCommunity(db, slug)
        const split = await splitIdentity(db, { communityId: community_id, identityKey: keyOf(account) })
        if (!split) throw new CommandError(`No event of ${slug} is by or about ${account}: give the source and actor.id of its events.`)
        await refreshCommunity(db, community_id, { now: operator.now() })
        operator.answer(
          { community: slug, split: account, others: split.identities.map(shown) },
          split.identities.length
            ? `${account} is a person of its own; together stay ${named(split.identities)}.`
            : `${account} was a person of its own.`,
        )
      }),
    )
}
