import { identityKey } from '../ingest/keys.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { addFacilitator, listFacilitators, removeFacilitator, type StoredFacilitator } from '../store/facilitators.ts'
import { readAccount } from './account.ts'
import { type AddCommands, CommandError, needCommunity, type Store, withStore } from './operator.ts'

const shown = ({ identity_key, source, source_actor_id, display_name, named_at }: StoredFacilitator) => ({
  id: identity_key,
  source,
  actor_id: source_actor_id,
  display_name,
  named_at: named_at.toISOString(),
})

export const addFacilitatorCommands: AddCommands = (program, operator) => {
  const facilitator = program.command('facilitator').description('say who facilitates, so that answers by others can be told apart')

  // no event tells of it, so a running server would not look
  const refresh = ({ db }: Store, communityId: string) => refreshCommunity(db, communityId, { now: operator.now() })

  facilitator
    .command('add')
    .description('name the person behind an account a facilitator')
    .argument('<slug>', 'the community')
    .argument('<account>', '<source>:<actor id>, as the events name them')
    .action((slug: string, account: string) =>
      withStore(operator, async (store) => {
        const { source, actorId } = readAccount(account)
        const { community_id } = await needCommunity(store.db, slug)
        const named = await addFacilitator(store.db.pool, { communityId: community_id, source, actorId, now: operator.now() })
        if (!named) throw new CommandError(`No event of ${slug} is by or about ${account}: give the source and actor.id of its events.`)
        await refresh(store, community_id)
        operator.answer(shown(named), `${account} facilitates in ${slug}.`)
      }),
    )

  facilitator
    .command('remove')
    .description('take it back, by whichever of their accounts')
    .argument('<slug>', 'the community')
    .argument('<account>', '<source>:<actor id>')
    .action((slug: string, account: string) =>
      withStore(operator, async (store) => {
        const { source, actorId } = readAccount(account)
        const { community_id } = await needCommunity(store.db, slug)
        if (!(await removeFacilitator(store.db.pool, community_id, identityKey(source, actorId))))
          throw new CommandError(`${account} is no facilitator of ${slug}. See them with: facilitator list ${slug}`)
        await refresh(store, community_id)
        operator.answer({ removed: account }, `${account} facilitates in ${slug} no longer.`)
      }),
    )

  facilitator
    .command('list')
    .description('list who facilitates')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db }) => {
        const named = await listFacilitators(db.pool, (await needCommunity(db, slug)).community_id)
        const lines = named.map((one) => `${one.source}:${one.source_actor_id}${one.display_name ? `  ${one.display_name}` : ''}`)
        operator.answer({ facilitators: named.map(shown) }, lines.join('\n') || `Nobody is named a facilitator of ${slug}.`)
      }),
    )
}
