/** The rules and their words as docs/classify.md lists them. */
import { GAP_WORDS } from './phrases.ts'
import { CHANNEL_RULE, NO_RULE, RULES } from './rules.ts'
import { RULE_WORDS, type WordList } from './words/all-words.ts'
import { AGREEING, IN_ADVANCE, NOT_REALLY, THANKING, WORKED } from './words/thanks.ts'

const LANGUAGES: Record<keyof typeof RULE_WORDS, string> = { en: 'English', de: 'German', fr: 'French', es: 'Spanish', pt: 'Portuguese' }

/** What of a message is said by no rule of the text, in the order it is asked. */
export const OTHER_RULES: readonly { id: string; says: string }[] = [
  { id: 'source', says: 'The source says elsewhere than in the message what it is, as by an accepted answer.' },
  { id: 'reply', says: 'It answers another message: a reply, whatever it says.' },
  { id: CHANNEL_RULE, says: 'The community has said what the messages of this channel are.' },
  { id: NO_RULE, says: 'No rule fits: a plain post.' },
]

const saysOf = new Map([...RULES, ...OTHER_RULES].map(({ id, says }) => [id, says]))
/** The line about a rule; null for one of an earlier version. */
export const sayRule = (id: string): string | null => saysOf.get(id) ?? null

const sayPhrases = (phrases: readonly string[]): string => phrases.map((phrase) => `\`${phrase}\``).join(', ')
const cell = (text: string): string => text.replaceAll('|', '\\|')

export const describeRules = (): string => {
  const lists = [...new Set(RULES.flatMap((rule) => rule.lists))] as WordList[]
  return [
    '## The rules',
    '',
    'The first that fits decides. Before them stand what the source itself says, a message being a reply, and the community’s own word for the',
    'channel (`channel`). Where none fits, it is a plain post (`nothing-else`). A rule marked unsure is wrong more often, and what it found counts',
    'as inferred with low confidence.',
    '',
    '| rule | finds | reads | |',
    '|---|---|---|---|',
    ...RULES.map(
      ({ id, finds, says, lists, is_unsure }) =>
        `| \`${id}\`${is_unsure ? ' (unsure)' : ''} | ${finds} | ${cell(says)} | ${lists.map((list) => `[${list}](#${list})`).join(', ')} |`,
    ),
    '',
    '## The words',
    '',
    `All languages are tried on every message. \`a|b\` is either word, \`word?\` may be missing, \`word*\` is how a word begins, \`…\` stands for up to ${GAP_WORDS} words and \`_\` for`,
    'one. Case, accents and apostrophes are never compared.',
    '',
    ...lists.flatMap((list) => [
      `### ${list}`,
      '',
      ...Object.entries(RULE_WORDS).map(
        ([language, words]) =>
          `- ${LANGUAGES[language as keyof typeof RULE_WORDS]}: ${words[list].map((phrase) => `\`${phrase}\``).join(', ') || 'none'}`,
      ),
      '',
    ]),
    '## Answers and thanks',
    '',
    'A reply by somebody else in the thread of a question answers it. What the asker writes there does not, and neither does a message that only',
    'thanks, consists of emoji, marks or “+1”, or is as a whole one of these:',
    '',
    sayPhrases(AGREEING),
    '',
    'The asker acknowledges an answer by a message after it that asks nothing and begins or ends with one of these, or with up to a few words (a name,',
    '“ah, great”) before it:',
    '',
    sayPhrases([...THANKING, ...WORKED]),
    '',
    'and has in the same sentence, or in the one after it, neither one of these:',
    '',
    sayPhrases(NOT_REALLY),
    '',
    'nor thanks for what has not come yet:',
    '',
    sayPhrases(IN_ADVANCE),
    '',
    'An acknowledgement is no confirmation: it stands beside the accepted answers (`acknowledged-share`) and is never counted as one.',
    '',
  ].join('\n')
}
