import { InvalidArgumentError } from 'commander'
import { KEY_SCOPES, type KeyScope } from '../../shared/contract/access.ts'
import { createKey, listKeys, revokeKey, type StoredKey } from '../access/keys.ts'
import { type AddCommands, CommandError, needCommunity, withStore } from './operator.ts'

const readScopes = (text: string): KeyScope[] => {
  const scopes = text.split(',').map((scope) => scope.trim())
  const unknown = scopes.filter((scope) => !(KEY_SCOPES as readonly string[]).includes(scope))
  if (unknown.length > 0) throw new InvalidArgumentError(`"${unknown.join(', ')}" is no scope. Scopes are: ${KEY_SCOPES.join(', ')}.`)
  return scopes as KeyScope[]
}

const shown = (key: StoredKey) => ({
  id: key.key_id,
  name: key.name,
  scopes: key.scopes,
  hint: key.hint,
  created_at: key.created_at.toISOString(),
  last_used_at: key.last_used_at?.toISOString() ?? null,
})

export const addKeyCommands: AddCommands = (program, operator) => {
  const key = program.command('key').description('make, list and revoke the API keys of a community')

  key
    .command('create')
    .description('make a key; it is shown this once')
    .argument('<slug>', 'the community')
    .requiredOption('--scope <scopes>', `what it may do, separated by commas: ${KEY_SCOPES.join(', ')}`, readScopes)
    .option('--name <name>', 'what it is for', 'made on the command line')
    .action((slug: string, { scope, name }: { scope: KeyScope[]; name: string }) =>
      withStore(operator, async ({ db }) => {
        const { community_id } = await needCommunity(db, slug)
        const made = await createKey(db.pool, { communityId: community_id, name, scopes: scope, now: operator.now() })
        operator.say('Keep it now: it cannot be shown again.')
        operator.answer({ key: made.key, ...shown(made) }, made.key)
      }),
    )

  key
    .command('list')
    .description('list the keys of a community')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db }) => {
        const keys = await listKeys(db.pool, (await needCommunity(db, slug)).community_id)
        const lines = keys.map(
          (one) =>
            `${one.key_id}  ${one.hint}…  ${one.scopes.join(',')}  ${one.name}  ${one.last_used_at ? `last used ${one.last_used_at.toISOString()}` : 'never used'}`,
        )
        operator.answer({ keys: keys.map(shown) }, lines.join('\n') || `${slug} has no keys.`)
      }),
    )

  key
    .command('revoke')
    .description('revoke a key at once')
    .argument('<slug>', 'the community')
    .argument('<id>', 'the id of the key, as key list shows it')
    .action((slug: string, id: string) =>
      withStore(operator, async ({ db }) => {
        const { community_id } = await needCommunity(db, slug)
        const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)
        if (!isUuid || !(await revokeKey(db.pool, community_id, id)))
          throw new CommandError(`${slug} has no key ${id}. See them with: key list ${slug}`)
        operator.answer({ revoked: id }, `Revoked ${id}.`)
      }),
    )
}
