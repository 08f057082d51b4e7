import * as limits from '../../server/ingest/infer/limits.ts'
import { MIN_SAID_SHARE } from '../../server/metrics/sample-minima.ts'
import { MIN_INFERRED_QUESTIONS } from '../../shared/format.ts'
import type { InferenceSpeed } from './time-inference.ts'
import { type Agreement, f1Of, intervalOf, type Measured, type Part, shareOf } from './measure-threads.ts'

export type Method = { title: string; measured: Measured }

const percent = (share: number, decimals = 1) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(decimals)} %`)
const minutes = (ms: number) => `${ms / 60_000} min`
const count = (n: number) => n.toLocaleString('en-US')
const agreement = ({ found, said, both }: Agreement) => `${percent(both / found, 0)} / ${percent(both / said, 0)}`
const withInterval = (part: Part) => {
  const interval = intervalOf(part)
  return interval === null
    ? '–'
    : `${percent(shareOf(part), 0)} (${Math.round(100 * interval.low)}–${Math.round(100 * interval.high)}), ${part.k} of ${part.n}`
}
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n')

/** The tables of one set of logs: how well each method agrees with people. */
export const renderTables = (methods: readonly Method[]): string => {
  const links = table(
    ['method', 'links: precision', 'recall', 'F1', 'conversations: one-to-one overlap', '1 − scaled VI', 'adjusted Rand'],
    methods.map(({ title, measured: { links: l, overlap, information, rand } }) => [
      title,
      percent(l.both / l.found),
      percent(l.both / l.said),
      percent(f1Of(l)),
      percent(shareOf(overlap)),
      percent(information),
      rand.toFixed(2),
    ]),
  )
  const edges = table(
    ['method', 'who answered whom: precision / recall', 'who helped whom: precision / recall', '"answered": sensitivity', 'specificity'],
    methods.map(({ title, measured: m }) => [
      title,
      agreement(m.reply_edges),
      agreement(m.help_edges),
      withInterval(m.sensitivity),
      withInterval(m.specificity),
    ]),
  )
  return `${links}\n\n${edges}`
}

/** The right ones among the links found in each way. */
export const renderWays = ({ links_by }: Measured): string =>
  table(
    ['found by', 'links', 'right'],
    (
      [
        ['opens a conversation', links_by.opens],
        ['a name (rules 2, 3)', links_by.named],
        ['who spoke last (rules 4–8)', links_by.guess],
      ] as const
    ).map(([title, part]) => [title, String(part.n), percent(shareOf(part), 0)]),
  )

/** The share of answered questions, as people see it and as the method does. */
export const renderAnswered = (methods: readonly Method[]): string => {
  const sum = (m: Measured, side: 'said' | 'found'): Part =>
    m.answered.reduce((all, log) => ({ k: all.k + log[side].k, n: all.n + log[side].n }), { k: 0, n: 0 })
  const offs = (m: Measured) => m.answered.map(({ said, found }) => 100 * (shareOf(found) - shareOf(said)))
  const mean = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0) / numbers.length
  const points = (n: number) => `${n < 0 ? '−' : '+'}${Math.abs(n).toFixed(1)}`
  return table(
    ['method', 'questions by people, answered', 'found, answered', 'off in each log, points', 'mean', 'mean without its sign'],
    methods.map(({ title, measured: m }) => {
      const [said, found] = [sum(m, 'said'), sum(m, 'found')]
      return [
        title,
        `${said.k} of ${said.n}, ${percent(shareOf(said), 0)}`,
        `${found.k} of ${found.n}, ${percent(shareOf(found), 0)}`,
        offs(m)
          .map((n) => points(Math.round(n)).replace('.0', ''))
          .join(', '),
        points(mean(offs(m))),
        mean(offs(m).map(Math.abs)).toFixed(1),
      ]
    }),
  )
}

export const renderSpeed = ({ messages, messages_per_second, state_megabytes }: InferenceSpeed): string =>
  `${count(messages)} made-up messages of 20 channels and 5,000 people: ${count(messages_per_second)} a second on one core, with ${state_megabytes.toFixed(1)} MB of state in the end.`

const DEFINITIONS = `A line that opens is linked to itself, by people and by the method alike, lines of the system ("has joined") among them; a line that answers several
counts as several links. Only the annotated lines count; those before them are read and not judged. Conversations are of messages by people, what hangs together by links;
the one-to-one overlap is the share of messages in the best pairing of conversations; VI is the variation of information, divided by log n. A question is a message
that asks (as Barnraise tells) and opens a conversation, or is the first to ask in what its author wrote before anybody else did. It is answered when somebody else, no bot, wrote
something that answers it, or answers what answers it; that somebody helped whoever asked. Pairs of people count once a log.`

const RULES = `**A name** is the first word of a message (with or without @) that is what a known speaker goes by and is followed by \`:\` \`,\` \`>\` or \`;\`, or is at least three
letters and no common word; else the first later word of at least four letters that is one, no common word and not the channel's name. A mention (\`<@U123>\`) is a name. Somebody is known
who has spoken in the channel, by their name as the source tells it: whole, without spaces, or by its first word where nobody else goes by it.

First match wins:

1. A system message opens. A bot answers the last command (a message that starts with \`!\`, \`#\`, \`.\`) within ${minutes(limits.COMMAND_WITHIN)}, else opens.
2. I name somebody whose last message is at most ${minutes(limits.NAMED_WITHIN)} old. (a) If my own last message is later, at most ${minutes(limits.OWN_NAMED_WITHIN)} old and named them, and theirs did not name me: I go on with my own.
   (b) If theirs names a third person, and I named them within ${minutes(limits.NAMED_BEFORE_WITHIN)}: their latest of ${limits.MESSAGES_KEPT_OF_PERSON} that names nobody or me. (c) Else their last.
3. Somebody named me since my last message, at most ${minutes(limits.NAMING_ME_WITHIN)} ago: that.
4. Somebody's message that names nobody was found to answer me since my last, at most ${minutes(limits.ANSWERING_ME_WITHIN)} ago: that.
5. In a small room (at most ${limits.ROOM_OTHERS} others spoke within ${minutes(limits.ROOM_WITHIN)}) the last message of another came after mine, names nobody or me, and I spoke within ${minutes(limits.ROOM_WITHIN)}: that.
6. My own last message is at most ${minutes(limits.OWN_WITHIN)} old: that.
7. In a small room the other's last message asks, and mine neither greets nor asks: that. So, where nobody has spoken for more than ${minutes(limits.ROOM_WITHIN)}, is the question that another asked last, alone,
   at most ${limits.SILENT_WITHIN / 3_600_000} h ago (read by hand, 35 of 39 such links were right in the small local chat this was made for; in these logs it never happens).
8. I opened a conversation at most ${minutes(limits.AGAIN_WITHIN)} ago that nobody has joined: that. Asked again is not asked twice.
9. It opens a conversation.

The first message that asks in a thread in which only its author has written so far is a question, though it does not open the thread: "hello" comes before it.

Kept in memory: the last ${limits.MESSAGES_KEPT} messages of a channel, ${limits.MESSAGES_KEPT_OF_PERSON} a person, ${count(limits.PEOPLE_KEPT)} people, those who spoke last; ${count(limits.CHANNELS_KEPT)} channels and ${count(limits.PEOPLE_KEPT_IN_ALL)} people in all. The same messages from
a channel's beginning are linked the same by every newer export. An export that begins later may see a conversation's second half without its first: what is stored stays.`

export type Parts = { whole: string; part: string }

/** docs/threads.md. `whole` is kept from when the whole of the annotated logs was at hand. */
export const renderThreads = ({ whole, part }: Parts): string => `# Threads in flat chats

Written by \`npm run validate:threads\`; do not edit. In a chat where nobody uses threads, one message still answers another. Barnraise finds which in one pass
([server/ingest/infer](../server/ingest/infer)), by who names whom and who spoke when; the text is not kept.

## The rule

${RULES}

## How right it is

Held against a help channel whose every message was linked by hand to the one it answers (Kummerfeld et al. 2019, doi:10.18653/v1/P19-1374, CC BY 4.0).

**What was tuned on what.** The rule and its constants were chosen on the training part of that corpus before any of this was measured. Two things were decided on the development part, whose
figures these are: rule 8 (beside it the same without), and the question after a greeting. The second half of rule 7 was made for, and read by hand in, the Slack export of a local interest group. Nothing else was fitted to it; the constants are flat, and most alternatives move F1 by
at most 0.3 points. One language, one kind of channel, times to the minute: a chat of another kind may do worse, and meetings do not work.

${DEFINITIONS}

<!-- whole -->
${whole}
<!-- /whole -->

### The part in the project

Two of the logs, cut to their last 500 lines ([e2e/threads/annotated](../e2e/threads/annotated/LICENSE.md)): what \`npm run validate:threads\` measures anywhere.
\`npm run validate:threads -- <folder>\` measures a folder of \`*.raw.txt\` and \`*.annotation.txt\` and writes the section above.

<!-- part -->
${part}
<!-- /part -->

## What the numbers may say

In these logs the share of answered questions comes out right on the whole and off by several points in an hour. They are of a busy channel, in which people name whom they answer. In a
slower chat, where an answer comes an hour later and names nobody, it is missed: hence "probably a low estimate".

- A number that rests on inferred threads is marked "inferred, probably a low estimate", in the API by \`is_inferred\` and in words in \`reason\`. It is withheld under ${MIN_INFERRED_QUESTIONS} questions in its period.
- It is never compared with, nor averaged with, what has threads of its own. Where a community has both, helping is measured over the questions in threads alone, and says how many it leaves out. Only
  where fewer than ${percent(MIN_SAID_SHARE, 0)} of its questions are in threads is it measured over all of them, and marked. How many questions, contributions, and their mix are counted over all, and marked.
- Links found by a name are told apart from guesses: each marked number says how many replies rest on which.
- A verdict on a window of which a fifth or more lies in flat chats is never "clear" ([support.md](support.md)). What stands may rest on it all the same where the draws are clear
  and nothing else keeps the window from being called so: "community" and "mixed" come to stand after as many month ends as ever, with a word that they rest on what was inferred. An accusation (blog, newsletter,
  workgroup, teaching platform) is told of its month and never comes to stand: one false accusation ends all credit.
- A project team that talks in a flat chat would read as a community once its threads are inferred; that it is a workgroup its talk tells ([house-rules.md](house-rules.md)).
`
