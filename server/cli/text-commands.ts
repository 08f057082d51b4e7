import { countOf } from '../../shared/format.ts'
import { countTexts, readKeepsText, setKeepsText } from '../store/kept-text.ts'
import { type AddCommands, needCommunity, withStore } from './operator.ts'

const tell = (slug: string, keepsText: boolean, count: number): string =>
  keepsText
    ? `The text of what ${slug} receives is kept: ${countOf(count, 'message', 'messages')} so far. It lies in the database alone; no page and no route shows it.`
    : `The text of what ${slug} receives is read and dropped.`

export const addTextCommands: AddCommands = (program, operator) => {
  const text = program.command('text').description('say whether the text of messages is kept; it is dropped otherwise')
  const change = (slug: string, keepsText: boolean | null) =>
    withStore(operator, async ({ db }) => {
      const { community_id } = await needCommunity(db, slug)
      const count = keepsText === null ? await countTexts(db.pool, community_id) : await setKeepsText(db.pool, community_id, keepsText)
      const keeps_text = keepsText ?? (await readKeepsText(db.pool, community_id))
      operator.answer({ keeps_text, text_count: count }, tell(slug, keeps_text, count))
    })

  text
    .command('show')
    .description('show whether text is kept, and of how many messages')
    .argument('<slug>', 'the community')
    .action((slug: string) => change(slug, null))
  text
    .command('keep')
    .description('keep title and text of what is received from now on, until its message is deleted')
    .argument('<slug>', 'the community')
    .action((slug: string) => change(slug, true))
  text
    .command('drop')
    .description('keep none from now on, and delete what was kept')
    .argument('<slug>', 'the community')
    .action((slug: string) => change(slug, false))
}
