import { refreshCommunity } from '../jobs/refresh-community.ts'
import { createCommunity, deleteCommunity, listCommunities, type StoredCommunity, updateCommunity } from '../store/communities.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, withStore } from './operator.ts'

const shown = ({ community_id: _, created_at, ...rest }: StoredCommunity) => ({ ...rest, created_at: created_at.toISOString() })

export const addCommunityCommands: AddCommands = (program, operator) => {
  const community = program.command('community').description('make, list, change and delete communities')

  community
    .command('create')
    .description('make a community')
    .argument('<slug>', 'its name in addresses: lower-case letters, digits and hyphens')
    .requiredOption('--name <name>', 'its name')
    .requiredOption('--time-zone <zone>', 'its time zone, such as Europe/Berlin: decides what a day is')
    .action((slug: string, { name, timeZone }: { name: string; timeZone: string }) =>
      withStore(operator, async ({ db }) => {
        const made = await createCommunity(db, { slug, name, time_zone: timeZone, now: operator.now() })
        if (!made) throw new CommandError(`There is a community "${slug}" already: choose another slug.`)
        operator.answer(
          shown(made),
          `Made ${made.slug} (${made.name}, ${made.time_zone}).\nNext: key create ${made.slug} --scope ingest,read, or import <file> --community ${made.slug}`,
        )
      }),
    )

  community
    .command('list')
    .description('list the communities')
    .action(() =>
      withStore(operator, async ({ db }) => {
        const communities = await listCommunities(db)
        const width = Math.max(0, ...communities.map(({ slug }) => slug.length))
        const lines = communities.map(
          ({ slug, name, time_zone, is_demo }) => `${slug.padEnd(width)}  ${name} (${time_zone}${is_demo ? ', demo' : ''})`,
        )
        operator.answer({ communities: communities.map(shown) }, lines.join('\n') || 'There are no communities yet.')
      }),
    )

  community
    .command('set')
    .description('change the name or the time zone of a community')
    .argument('<slug>')
    .option('--name <name>', 'its name')
    .option('--time-zone <zone>', 'its time zone: every day begins elsewhere, and everything shown is computed anew')
    .action((slug: string, { name, timeZone }: { name?: string; timeZone?: string }) =>
      withStore(operator, async ({ db }) => {
        if (name === undefined && timeZone === undefined) throw new CommandError('Say what to change: --name or --time-zone.', EXIT.usage)
        const { community_id } = await needCommunity(db, slug)
        const changed = await updateCommunity(db, community_id, { name, time_zone: timeZone })
        if (!changed) throw new CommandError(`There is no community "${slug}".`)
        if (timeZone !== undefined) await refreshCommunity(db, community_id, { now: operator.now() })
        operator.answer(shown(changed), `${changed.slug} is ${changed.name} (${changed.time_zone}).`)
      }),
    )

  community
    .command('delete')
    .description('delete a community with everything that is held of it')
    .argument('<slug>')
    .option('--yes', 'really: it cannot be undone')
    .action((slug: string, { yes }: { yes?: boolean }) =>
      withStore(operator, async ({ db }) => {
        const found = await needCommunity(db, slug)
        if (!yes)
          throw new CommandError(
            `This deletes ${found.name} with all its events and keys, and cannot be undone. Say --yes to do it.`,
            EXIT.usage,
          )
        await deleteCommunity(db, found.community_id)
        operator.answer({ deleted: slug }, `Deleted ${slug}.`)
      }),
    )
}
