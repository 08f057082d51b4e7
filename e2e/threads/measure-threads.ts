import { isQuestion } from '../../server/ingest/classify/is-question.ts'
import { wilsonInterval } from '../../server/metrics/statistics/wilson-interval.ts'
import { bestAssignment } from './assign.ts'
import { BOTS, type Linked, type LinkMethod } from './link-methods.ts'
import type { AnnotatedLog, LogLine } from './read-annotated.ts'

/** So many of so many. */
export type Part = { k: number; n: number }
export const shareOf = ({ k, n }: Part): number => (n === 0 ? Number.NaN : k / n)
/** 0.95 interval of Wilson. */
export const intervalOf = ({ k, n }: Part) => wilsonInterval(k, n)

/** What was found right: of what a method says, and of what people said. */
export type Agreement = { found: number; said: number; both: number }
export const f1Of = ({ found, said, both }: Agreement): number => (2 * both) / (found + said)

/** How well a method agrees with people on the annotated lines of some logs. */
export type Measured = {
  links: Agreement
  /** The same of the links found in one way; `said` is of all. */
  links_by: Record<'opens' | 'named' | 'guess', Part>
  /** One-to-one overlap of conversations: messages in the best pairing. */
  overlap: Part
  /** 1 - VI / log n, and the adjusted Rand index, each the mean of the logs. */
  information: number
  rand: number
  reply_edges: Agreement
  help_edges: Agreement
  /** Of true opening questions. */
  sensitivity: Part
  specificity: Part
  /** Questions as each sees them, a log each: answered of asked. */
  answered: { name: string; said: Part; found: Part }[]
}

/** What answers what among the annotated lines: each line with the lines it answers; none where it opens. */
type Graph = { lines: readonly LogLine[]; parents: (no: number) => readonly number[] }

export const measureThreads = (logs: readonly AnnotatedLog[], method: LinkMethod): Measured => {
  const all: Measured = {
    links: none(),
    links_by: { opens: { k: 0, n: 0 }, named: { k: 0, n: 0 }, guess: { k: 0, n: 0 } },
    overlap: { k: 0, n: 0 },
    information: 0,
    rand: 0,
    reply_edges: none(),
    help_edges: none(),
    sensitivity: { k: 0, n: 0 },
    specificity: { k: 0, n: 0 },
    answered: [],
  }
  for (const log of logs) {
    const linked = method(log)
    const lines = log.lines.filter((line) => log.answers.has(line.no))
    countLinks(all, log, linked, lines)
    const byNo = new Map(log.lines.map((line) => [line.no, line]))
    const said: Graph = { lines, parents: (no) => (log.answers.get(no) ?? []).filter((to) => to !== no) }
    const found: Graph = { lines, parents: (no) => [linked.get(no)?.to ?? no].filter((to) => to !== no) }
    compareConversations(all, conversationsOf(said), conversationsOf(found), logs.length)
    add(all.reply_edges, compareSets(replyEdges(said, byNo), replyEdges(found, byNo)))
    const [saidHelp, foundHelp] = [helpOf(said), helpOf(found)]
    add(all.help_edges, compareSets(saidHelp.edges, foundHelp.edges))
    for (const no of saidHelp.questions) {
      const isAnswered = saidHelp.answered.has(no)
      const of = isAnswered ? all.sensitivity : all.specificity
      of.n++
      if (foundHelp.answered.has(no) === isAnswered) of.k++
    }
    all.answered.push({ name: log.name, said: answeredOf(saidHelp), found: answeredOf(foundHelp) })
  }
  return all
}

const none = (): Agreement => ({ found: 0, said: 0, both: 0 })
const add = (to: Agreement, more: Agreement) => {
  to.found += more.found
  to.said += more.said
  to.both += more.both
}

/** A line that opens is linked to itself, by people and by the method alike. */
const countLinks = (all: Measured, log: AnnotatedLog, linked: Linked, lines: readonly LogLine[]) => {
  for (const { no } of lines) {
    const said = log.answers.get(no) as number[]
    const { to, by } = linked.get(no) ?? { to: no, by: 'opens' as const }
    const isRight = said.includes(to)
    add(all.links, { found: 1, said: said.length, both: isRight ? 1 : 0 })
    all.links_by[by].n++
    if (isRight) all.links_by[by].k++
  }
}

/** The conversation of each message by a person, by the least number of a line in it. */
const conversationsOf = ({ lines, parents }: Graph): Map<number, number> => {
  const parent = new Map<number, number>()
  const root = (no: number): number => {
    const up = parent.get(no) ?? no
    return up === no ? no : root(up)
  }
  for (const { no } of lines)
    for (const to of parents(no)) {
      const [a, b] = [root(no), root(to)]
      if (a !== b) parent.set(Math.max(a, b), Math.min(a, b))
    }
  return new Map(lines.filter((line) => line.nick !== null).map(({ no }) => [no, root(no)]))
}

const compareConversations = (all: Measured, said: Map<number, number>, found: Map<number, number>, logs: number) => {
  const rows = [...new Set(said.values())]
  const columns = [...new Set(found.values())]
  const table = rows.map(() => columns.map(() => 0))
  const [rowOf, columnOf] = [placesOf(rows), placesOf(columns)]
  for (const [no, conversation] of said) {
    const row = table[rowOf.get(conversation) as number] as number[]
    const column = columnOf.get(found.get(no) as number) as number
    row[column] = (row[column] as number) + 1
  }
  const n = said.size
  all.overlap.k += bestAssignment(table)
  all.overlap.n += n
  const rowSums = table.map(sumOf)
  const columnSums = columns.map((_, j) => sumOf(table.map((row) => row[j] as number)))
  const cells = table.flat()
  const entropy = (counts: readonly number[]) => -sumOf(counts.map((count) => (count === 0 ? 0 : (count / n) * Math.log(count / n))))
  all.information += (1 - (2 * entropy(cells) - entropy(rowSums) - entropy(columnSums)) / Math.log(n)) / logs
  const pairs = (counts: readonly number[]) => sumOf(counts.map((count) => (count * (count - 1)) / 2))
  const [both, ofRows, ofColumns, ofAll] = [pairs(cells), pairs(rowSums), pairs(columnSums), (n * (n - 1)) / 2]
  const expected = (ofRows * ofColumns) / ofAll
  all.rand += (both - expected) / ((ofRows + ofColumns) / 2 - expected) / logs
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)
const placesOf = (all: readonly number[]) => new Map(all.map((one, place) => [one, place]))

/** Who answered whom, once a pair of people and log. */
const replyEdges = ({ lines, parents }: Graph, byNo: ReadonlyMap<number, LogLine>): Set<string> => {
  const edges = new Set<string>()
  for (const { no, nick } of lines)
    for (const to of parents(no)) {
      const other = byNo.get(to)?.nick
      if (nick !== null && other && other !== nick) edges.add(`${nick} ${other}`)
    }
  return edges
}

type Help = { questions: number[]; answered: Set<number>; edges: Set<string> }

/**
 * Of each question that opens a conversation, or is the first to ask in what its author wrote before anybody else: whether another person wrote in what came of it, and who helped whom,
 * once a pair of people and log. What came of a message are the messages that answer it, and those that answer these.
 */
const helpOf = ({ lines, parents }: Graph): Help => {
  const help: Help = { questions: [], answered: new Set(), edges: new Set() }
  const linesByNo = new Map(lines.map((line) => [line.no, line]))
  /** What opened the conversation in which only its author has written on the way to this message; null for any other. */
  const openedAlone = (no: number): number | null => {
    const up = parents(no)
    if (up.length === 0) return no
    return linesByNo.get(up[0] as number)?.nick === linesByNo.get(no)?.nick ? openedAlone(up[0] as number) : null
  }
  const asked = new Set<number>()
  for (const { no, nick, text } of lines) {
    if (nick === null || BOTS.has(nick) || !isQuestion(null, text)) continue
    const opener = openedAlone(no)
    if (opener === null || asked.has(opener)) continue
    asked.add(opener)
    help.questions.push(no)
  }
  const opens = new Set(help.questions)
  for (const { no, nick } of lines) {
    if (nick === null || BOTS.has(nick)) continue
    const seen = new Set<number>([no])
    const up = [...parents(no)]
    while (up.length > 0) {
      const to = up.pop() as number
      if (seen.has(to)) continue
      seen.add(to)
      const above = linesByNo.get(to)
      if (above && above.nick !== null && above.nick !== nick) {
        // also of a message that the one side takes for an opener and the other does not
        help.answered.add(to)
        if (opens.has(to)) help.edges.add(`${nick} ${above.nick}`)
      }
      up.push(...parents(to))
    }
  }
  return help
}

const answeredOf = ({ questions, answered }: Help): Part => ({ k: questions.filter((no) => answered.has(no)).length, n: questions.length })

const compareSets = (said: ReadonlySet<string>, found: ReadonlySet<string>): Agreement => ({
  said: said.size,
  found: found.size,
  both: [...found].filter((one) => said.has(one)).length,
})
