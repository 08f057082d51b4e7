import { Option } from 'commander'
import { charterInputSchema, PURPOSES, type Purpose } from '../../shared/contract/charter.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { clearCharter, declareCharter, readCharter, type StoredCharter } from '../store/charter.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Store, withStore } from './operator.ts'

const shown = (charter: StoredCharter | null) => ({
  purpose: charter?.purpose ?? null,
  note: charter?.note ?? null,
  declared_at: charter?.declared_at.toISOString() ?? null,
})
const namePurpose = (purpose: Purpose) => `a ${purpose.replaceAll('_', ' ')}`

export const addCharterCommands: AddCommands = (program, operator) => {
  const charter = program.command('charter').description('say what a community is meant to be')

  // no event tells of it, so a running server would not look
  const refresh = ({ db }: Store, communityId: string) => refreshCommunity(db, communityId, { now: operator.now() })

  charter
    .command('show')
    .description('show what is declared')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async ({ db }) => {
        const declared = await readCharter(db.pool, (await needCommunity(db, slug)).community_id)
        const text = declared
          ? `${slug} is meant to be ${namePurpose(declared.purpose)}.${declared.note === null ? '' : `\n${declared.note}`}`
          : `Nothing is declared of ${slug}.`
        operator.answer(shown(declared), text)
      }),
    )

  charter
    .command('set')
    .description('declare what it is meant to be; its history is judged anew')
    .argument('<slug>', 'the community')
    .addOption(new Option('--purpose <purpose>', 'what it is meant to be').choices(PURPOSES).makeOptionMandatory())
    .option('--note <note>', 'in your own words')
    .action((slug: string, options: { purpose: Purpose; note?: string }) =>
      withStore(operator, async (store) => {
        const { community_id } = await needCommunity(store.db, slug)
        const input = charterInputSchema.safeParse({ purpose: options.purpose, note: options.note ?? null })
        if (!input.success) throw new CommandError(`The note cannot be kept: ${input.error.issues[0]?.message}.`, EXIT.usage)
        const { note } = input.data
        const declared = await declareCharter(store.db.pool, {
          communityId: community_id,
          purpose: options.purpose,
          note,
          now: operator.now(),
        })
        if (declared === 'gone' || !('charter' in declared) || declared.charter === null)
          throw new CommandError(`There is no community "${slug}".`)
        await refresh(store, community_id)
        operator.answer(
          shown(declared.charter),
          `${slug} is meant to be ${namePurpose(declared.charter.purpose)}. Its history has been judged anew.`,
        )
      }),
    )

  charter
    .command('clear')
    .description('declare nothing')
    .argument('<slug>', 'the community')
    .action((slug: string) =>
      withStore(operator, async (store) => {
        const { community_id } = await needCommunity(store.db, slug)
        const was = await clearCharter(store.db.pool, community_id)
        if (was) await refresh(store, community_id)
        operator.answer(shown(null), was ? `Nothing is declared of ${slug} any longer.` : `Nothing was declared of ${slug}.`)
      }),
    )
}
