import { refreshCommunity } from '../jobs/refresh-community.ts'
import { type AddCommands, needCommunity, withStore } from './operator.ts'

export const addRebuildCommand: AddCommands = (program, operator) => {
  program
    .command('rebuild')
    .description('compute everything that is shown of a community anew from its events')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db }) => {
        const { community_id } = await needCommunity(db, slug)
        const started = performance.now()
        const result = await refreshCommunity(db, community_id, { now: operator.now(), rebuild: true })
        const seconds = Number(((performance.now() - started) / 1000).toFixed(2))
        operator.answer(
          { community: slug, seconds, ...result },
          `Rebuilt ${slug} in ${seconds} s: ${result?.periods ?? 0} periods, ${result?.verdicts ?? 0} verdicts.`,
        )
      }),
    )
}
