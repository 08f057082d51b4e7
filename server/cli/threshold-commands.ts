import type { ThresholdSetting } from '../../shared/contract/threshold.ts'
import { sayThreshold } from '../../shared/threshold-text.ts'
import { changeThreshold, isThresholdId } from '../diagnosis/change-threshold.ts'
import { listThresholds } from '../diagnosis/list-thresholds.ts'
import type { ThresholdId } from '../diagnosis/thresholds.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { clearThresholdSettings } from '../store/thresholds.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Store, withStore } from './operator.ts'

const line = ({ id, says, value, unit, default_value, set_at }: ThresholdSetting) =>
  `${id.padEnd(32)} ${sayThreshold(value, unit)}${set_at === null ? '' : ` (by default ${sayThreshold(default_value, unit)})`}  ${says}`

const needId = (id: string): ThresholdId => {
  if (isThresholdId(id)) return id
  throw new CommandError(`There is no threshold "${id}". See them with: threshold list <slug>`, EXIT.usage)
}

export const addThresholdCommands: AddCommands = (program, operator) => {
  const threshold = program.command('threshold').description('set by which thresholds a community is judged')

  const refresh = ({ db }: Store, communityId: string) => refreshCommunity(db, communityId, { now: operator.now() })
  const change = async (store: Store, slug: string, id: ThresholdId, value: number | null) => {
    const { community_id } = await needCommunity(store.db, slug)
    const refused = await changeThreshold(store.db.pool, { communityId: community_id, id, value, now: operator.now() })
    if (refused === 'no_community') throw new CommandError(`There is no community "${slug}".`)
    if (refused !== null) throw new CommandError(refused.says, EXIT.usage)
    await refresh(store, community_id)
    const { thresholds } = await listThresholds(store.db.pool, community_id)
    const now = thresholds.find((one) => one.id === id) as ThresholdSetting
    operator.answer(now, `${now.says}: ${sayThreshold(now.value, now.unit)}. The history of ${slug} has been judged anew.`)
  }

  threshold
    .command('list')
    .description('list the thresholds, those that differ from the default with it')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db }) => {
        const settings = await listThresholds(db.pool, (await needCommunity(db, slug)).community_id)
        operator.answer(settings, settings.thresholds.map(line).join('\n'))
      }),
    )

  threshold
    .command('set')
    .description('set one; the whole history is judged anew')
    .argument('<slug>', 'the community')
    .argument('<id>', 'of the threshold, as the list shows it')
    .argument('<value>', 'a number in its unit: 60 for 60 %')
    .action((slug: string, id: string, value: string) =>
      withStore(operator, async (store) => {
        if (!/^\d+(\.\d+)?$/.test(value)) throw new CommandError(`"${value}" is no number: write it like 60 or 0.5.`, EXIT.usage)
        await change(store, slug, needId(id), Number(value))
      }),
    )

  threshold
    .command('reset')
    .description('back to the default: one, or all where none is named')
    .argument('<slug>', 'the community')
    .argument('[id]', 'of the threshold')
    .action((slug: string, id?: string) =>
      withStore(operator, async (store) => {
        if (id !== undefined) return change(store, slug, needId(id), null)
        const { community_id } = await needCommunity(store.db, slug)
        const reset = await clearThresholdSettings(store.db.pool, community_id)
        if (reset > 0) await refresh(store, community_id)
        operator.answer(
          { reset },
          reset === 0
            ? `${slug} is judged by the defaults already.`
            : `${slug} is judged by the defaults. Its history has been judged anew.`,
        )
      }),
    )
}
