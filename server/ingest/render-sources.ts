import { CAPABILITY_WORDS } from '../../shared/capability-words.ts'
import { CAPABILITIES, type Capability } from '../../shared/contract/metric.ts'
import { joinWords, startSentence } from '../../shared/format.ts'
import type { EventSource } from './sources/source.ts'

/** The file made from what the sources say of themselves, relative to the project. A test fails where it differs. */
export const SOURCES_FILE = 'docs/sources.md'

/** Columns of the table; what was contributed, every source tells. */
const COLUMNS: readonly [Capability, string][] = [
  ['joins', 'joining'],
  ['leaves', 'leaving'],
  ['accepted_answers', 'accepted answers'],
  ['reactions', 'reactions'],
  ['views', 'reading'],
]

const HEAD = `# Where events come from

<!-- made by \`npm run render\` from server/ingest/sources -->

Drop an export on the page Import, or name it on the command line:

    npm run cli -- import export.zip --community guild

What it is, is recognised from its content. Before anything is stored you see what would be: how many of which kind, by how many people, from
when to when, what this source cannot tell, and the first rows that would be rejected. Gigabytes are fine: they are read piece by piece.

- **Again is safe.** Every message keeps the id that its source gave it. The same file twice changes nothing, and a newer export adds only what
  is new.
- **A bad row is one rejected row**, with its file, its place and the reason, and can be downloaded as CSV. The rest goes in.
- **What a source cannot tell is "not available from this source"**, never 0. The table says what a format can tell at most; a file may hold less
  (a CSV file without a list of members tells no joining), and the pages say so.
- **Questions.** Few places say which messages are questions. Where they do not, the text is read on the way in by published [rules](classify.md),
  each message keeps the rule that decided, and the community's own mapping of channels comes first. The text is not kept.
- **Chats in which nobody uses threads** get conversations by a published [rule](threads.md). What comes of it is marked as inferred.
- **One person, many accounts.** Accounts in different sources with the same address or name are suggested on the page Data; nothing is merged before
  somebody says so. Of an address beside an account only a hash is kept; in mail the address is the account. Somebody who is in several places has left
  when they have left the last of them.

Programs send [events](events.md) as they happen; Discourse and GitHub do so by themselves through a [live feed](webhooks.md), set up on the page Data.
`

const cell = (text: string): string => text.replaceAll('|', '\\|')
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const sayCell = ({ tells }: EventSource, capability: Capability): string =>
  tells === null ? 'if it is there' : tells.includes(capability) ? 'yes' : '–'
const sayQuestions = ({ tells, guide }: EventSource): string => {
  if (!guide.says_questions) return 'read from the text'
  return tells === null ? 'as the file says' : 'said by the source'
}

const renderTable = (sources: readonly EventSource[]): string[] => [
  `| source | files | questions | ${COLUMNS.map(([, head]) => head).join(' | ')} |`,
  `|---|---|---|${COLUMNS.map(() => '---').join('|')}|`,
  ...sources.map((source) => {
    const cells = COLUMNS.map(([capability]) => sayCell(source, capability))
    return `| [${cell(startSentence(source.title))}](#${anchorOf(source.title)}) | ${cell(source.guide.files)} | ${sayQuestions(source)} | ${cells.join(' | ')} |`
  }),
]

/** Ends as a sentence does. */
const close = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** A command at the end of a step stands alone, so that it can be copied whole. */
const COMMAND = /^(.*): ((?:gh|git|curl|npm) .+)$/

const renderStep = (step: string, i: number): string[] => {
  const [, words, command] = COMMAND.exec(step) ?? []
  return command === undefined ? [`${i + 1}. ${close(step)}`] : [`${i + 1}. ${words}:`, '', `       ${command}`, '']
}

const sayTells = ({ tells }: EventSource): string[] => {
  if (tells === null) return ['It tells whatever its events hold.']
  const said = CAPABILITIES.filter((capability) => tells.includes(capability))
  // what members say of practices and of value comes from nowhere but programs made for it
  const unsaid = CAPABILITIES.filter((capability) => !tells.includes(capability) && !['practices', 'value_reports'].includes(capability))
  const words = (capabilities: readonly Capability[], last: string) =>
    joinWords(
      capabilities.map((capability) => CAPABILITY_WORDS[capability] ?? capability),
      last,
    )
  return [startSentence(`it tells ${words(said, 'and')}.`), ...(unsaid.length === 0 ? [] : [`It does not tell ${words(unsaid, 'or')}.`])]
}

const renderSource = (source: EventSource): string[] => {
  const { name, title, guide } = source
  return [
    '',
    `## ${startSentence(title)}`,
    '',
    `**Files.** ${close(guide.files)} Where they are not recognised: \`--format ${name}\`.`,
    '',
    '**How to get it**',
    '',
    ...guide.how_to_get.flatMap(renderStep),
    '',
    '**What is read**',
    '',
    ...guide.reads.map((line) => `- ${close(line)}`),
    `- ${guide.says_questions ? 'Which messages are questions, the source says; where it does not, the text does.' : 'Which messages are questions is [read from the text](classify.md).'}`,
    '',
    `**What it can tell.** ${sayTells(source).join(' ')}`,
    ...(guide.cannot.length === 0 ? [] : ['', '**What it cannot**', '', ...guide.cannot.map((line) => `- ${close(line)}`)]),
  ]
}

/** docs/sources.md: for each source how to get the export, what is read of it, and what it can and cannot tell. */
export const renderSources = (sources: readonly EventSource[]): string =>
  `${[HEAD, ...renderTable(sources), ...sources.flatMap(renderSource)].join('\n')}\n`
