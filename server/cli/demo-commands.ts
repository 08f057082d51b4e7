import { loadDemo, removeDemo } from '../jobs/load-demo.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { type AddCommands, withStore } from './operator.ts'

export const addDemoCommands: AddCommands = (program, operator) => {
  const demo = program.command('demo').description('load and remove the demo communities')

  demo
    .command('load')
    .description('load the demo communities; those that are there are left as they are')
    .action(() =>
      withStore(operator, async ({ db }) => {
        const loaded = await loadDemo(db, { now: operator.now(), again: true, log: operator.say })
        for (const { community_id } of loaded.filter(({ is_new }) => is_new))
          await refreshCommunity(db, community_id, { now: operator.now() })
        const fresh = loaded.filter(({ is_new }) => is_new).map(({ slug }) => slug)
        operator.answer(
          { loaded: fresh, communities: loaded.map(({ slug }) => slug) },
          fresh.length > 0 ? `Loaded ${fresh.join(', ')}.` : 'All demo communities are there already.',
        )
      }),
    )

  demo
    .command('remove')
    .description('remove the demo communities; they do not come back by themselves')
    .action(() =>
      withStore(operator, async ({ db }) => {
        const removed = await removeDemo(db, { now: operator.now() })
        operator.answer({ removed }, removed === 1 ? 'Removed 1 demo community.' : `Removed ${removed} demo communities.`)
      }),
    )
}
