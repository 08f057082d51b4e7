import { type WorkWords, workWordsInputSchema } from '../../shared/contract/work-words.ts'
import { WORD_FAMILIES, type WordFamily } from '../../shared/work-words.ts'
import { describeWords } from '../ingest/classify/describe-words.ts'
import { refuseWords } from '../ingest/classify/refuse-words.ts'
import { changeWords, readOwnWords } from '../store/talk-words.ts'
import { type AddCommands, CommandError, EXIT, needCommunity, type Store, withStore } from './operator.ts'

const tell = ({ languages, counts_since, note }: WorkWords): string =>
  [
    ...languages.flatMap(({ language, families }) =>
      families
        .filter(({ words, is_own }) => is_own || words.length > 0)
        .map(({ family, words, is_own }) => `${language} ${family}${is_own ? ' (own)' : ''}: ${words.join(', ') || 'none'}`),
    ),
    ...(counts_since === null ? [] : [`Counted so since ${counts_since}.`]),
    note,
  ].join('\n')

export const addWordCommands: AddCommands = (program, operator) => {
  const words = program.command('words').description('say which words talk about work, by which a workgroup is told by its talk')
  const FAMILY = `one of ${WORD_FAMILIES.join(', ')}`

  const change = async (
    { db }: Store,
    slug: string,
    changes: { language: string; families: Partial<Record<WordFamily, string[] | null>> }[],
  ) => {
    const { community_id } = await needCommunity(db, slug)
    for (const one of changes) {
      const input = workWordsInputSchema.safeParse(one)
      if (!input.success) throw new CommandError(`This cannot be set: ${input.error.issues[0]?.message}.`, EXIT.usage)
      const changed = await changeWords(db.pool, { ...input.data, communityId: community_id, now: operator.now() }, refuseWords)
      if (changed === 'no_community') throw new CommandError(`There is no community "${slug}".`)
      if ('refused' in changed) throw new CommandError(changed.refused.says, EXIT.usage)
    }
    const { lists, changed_at } = await readOwnWords(db.pool, community_id)
    const described = describeWords(lists, changed_at)
    operator.answer(described, tell(described))
  }
  const needFamily = (family: string): WordFamily => {
    const found = WORD_FAMILIES.find((one) => one === family)
    if (found === undefined) throw new CommandError(`There is no family "${family}": give ${FAMILY}.`, EXIT.usage)
    return found
  }

  words
    .command('show')
    .description('show the words that are counted')
    .argument('<slug>', 'the community')
    .action((slug: string) => withStore(operator, (store) => change(store, slug, [])))

  words
    .command('set')
    .description('set the words of a language and family, in the place of the default; counted from now on')
    .argument('<slug>', 'the community')
    .argument('<language>', 'its short name, such as en or de')
    .argument('<family>', FAMILY)
    .argument('[words...]', 'words and phrases, in quotes where they hold a space; none at all counts none')
    .action((slug: string, language: string, family: string, given: string[]) =>
      withStore(operator, (store) => change(store, slug, [{ language, families: { [needFamily(family)]: given } }])),
    )

  words
    .command('reset')
    .description('back to the default: one family of a language, all of a language, or everything')
    .argument('<slug>', 'the community')
    .argument('[language]', 'its short name')
    .argument('[family]', FAMILY)
    .action((slug: string, language?: string, family?: string) =>
      withStore(operator, async (store) => {
        const { community_id } = await needCommunity(store.db, slug)
        const own = Object.keys((await readOwnWords(store.db.pool, community_id)).lists)
        const families = family === undefined ? WORD_FAMILIES : [needFamily(family)]
        const back = Object.fromEntries(families.map((one) => [one, null]))
        await change(
          store,
          slug,
          (language === undefined ? own : [language]).map((one) => ({ language: one, families: back })),
        )
      }),
    )
}
