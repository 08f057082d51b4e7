import type { IdentityPerson, Suggestion } from '../../shared/contract/identity.ts'
import { sayCountOf } from '../../shared/format.ts'
import { quoteName } from '../../shared/quote-name.ts'
import { identityKey } from '../ingest/keys.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { describeAccount, describePerson, describeSuggestion } from '../report/describe-people.ts'
import { dismissIdentities, takeBackDismissal } from '../store/dismiss-identities.ts'
import { listMergedPeople, suggestIdentities } from '../store/identity-suggestions.ts'
import { mergeIdentities, type StoredIdentity, splitIdentity } from '../store/merge-identities.ts'
import { readAccount } from './account.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, withStore } from './operator.ts'

const keyOf = (account: string): string => {
  const { source, actorId } = readAccount(account)
  return identityKey(source, actorId)
}

const named = (identities: readonly StoredIdentity[]) =>
  identities.map(({ source, source_actor_id }) => `${source}:${source_actor_id}`).join(', ')

/** As many as a screen lists; --json has them all. */
const MOST_LISTED = 10_000

const sayPerson = ({ accounts }: IdentityPerson): string =>
  accounts
    .map(({ source, actor_id, display_name, contributions }) => {
      const name = display_name === null ? '' : ` ${quoteName(display_name)}`
      return `${source}:${actor_id}${name} (${sayCountOf(contributions, 'contribution')})`
    })
    .join(' + ')

const saySuggestion = ({ strength, reasons, people }: Suggestion): string =>
  `${strength}: ${reasons.join(' ')}\n${people.map((person) => `  ${sayPerson(person)}`).join('\n')}`

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
          { community: slug, person_id: merged.person_id, accounts: merged.identities.map(describeAccount) },
          `One person in ${slug}: ${named(merged.identities)}.`,
        )
      }),
    )

  identity
    .command('split')
    .description('count an account as a person of its own again, and do not suggest otherwise')
    .argument('<slug>', 'the community')
    .argument('<account>', '<source>:<actor id>, as the events name it')
    .action((slug: string, account: string) =>
      withStore(operator, async ({ db }) => {
        const { community_id } = await needCommunity(db, slug)
        const split = await splitIdentity(db, { communityId: community_id, identityKeys: [keyOf(account)], dismissedAt: operator.now() })
        if (!split) throw new CommandError(`No event of ${slug} is by or about ${account}: give the source and actor.id of its events.`)
        await refreshCommunity(db, community_id, { now: operator.now() })
        operator.answer(
          { community: slug, split: account, others: split.identities.map(describeAccount) },
          split.identities.length
            ? `${account} is a person of its own; together stay ${named(split.identities)}.`
            : `${account} was a person of its own.`,
        )
      }),
    )

  identity
    .command('suggestions')
    .description('list accounts that may be one person’s, and why; nothing is merged by it')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db }) => {
        const { community_id } = await needCommunity(db, slug)
        const found = await suggestIdentities(db, community_id, MOST_LISTED)
        const suggestions = found.suggestions.map(describeSuggestion)
        operator.answer(
          { community: slug, suggestions, total: found.total },
          suggestions.map(saySuggestion).join('\n') || `No two accounts of ${slug} are alike in address or name.`,
        )
      }),
    )

  identity
    .command('merged')
    .description('list people with several accounts')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db }) => {
        const { community_id } = await needCommunity(db, slug)
        const found = await listMergedPeople(db.pool, community_id, MOST_LISTED)
        const people = found.people.map(describePerson)
        operator.answer(
          { community: slug, people, total: found.total },
          people.map(sayPerson).join('\n') || `Nobody in ${slug} has several accounts.`,
        )
      }),
    )

  identity
    .command('dismiss')
    .description('say that accounts are different people’s: they are not suggested again')
    .argument('<slug>', 'the community')
    .argument('<accounts...>', 'two or more: <source>:<actor id>')
    .option('--take-back', 'suggest them again')
    .action((slug: string, accounts: string[], { takeBack = false }: { takeBack?: boolean }) =>
      withStore(operator, async ({ db }) => {
        if (accounts.length < 2) throw new CommandError('Name two accounts or more, such as forum:ana chat:u12.', EXIT.usage)
        const { community_id } = await needCommunity(db, slug)
        const said = { communityId: community_id, identityKeys: accounts.map(keyOf) }
        const pairs = takeBack ? await takeBackDismissal(db.pool, said) : await dismissIdentities(db, { ...said, now: operator.now() })
        if (pairs === null)
          throw new CommandError(`Not every one of ${accounts.join(', ')} is in events of ${slug}: give their source and actor.id.`)
        operator.answer(
          { community: slug, accounts, is_different: !takeBack, pairs },
          takeBack ? `Said of ${sayCountOf(pairs, 'pair')} no longer.` : `${sayCountOf(pairs, 'pair')} of accounts will not be suggested.`,
        )
      }),
    )
}
