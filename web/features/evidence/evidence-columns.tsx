import type { EvidencePerson, EvidenceThread, VerdictEvidence } from '../../../shared/contract/verdict-evidence.ts'
import { formatCount, formatInstant, formatPercent, startSentence } from '../../../shared/format.ts'
import { PATTERN_WORDS, type PatternWord } from '../../../shared/work-words.ts'
import classes from './evidence.module.css'
import { PlaceLink } from './place-link.tsx'
import type { SortableColumn } from './sortable-table.tsx'

type Totals = VerdictEvidence['totals']
type LeftOut = VerdictEvidence['left_out']['rows'][number]
type Word = VerdictEvidence['words']['rows'][number]

const count = <Row,>(id: string, title: string, read: (row: Row) => number): SortableColumn<Row> => ({
  id,
  title,
  isNumber: true,
  read,
  show: (row) => formatCount(read(row)),
})
const share = <Row,>(id: string, title: string, read: (row: Row) => number | null, all: number): SortableColumn<Row> => ({
  id,
  title,
  isNumber: true,
  read,
  show: (row) => {
    const value = read(row)
    return value === null ? '–' : formatPercent(value, all)
  },
})

const nameOf = (one: EvidencePerson): string => (one.is_anonymous ? 'All who are anonymous' : (one.person ?? 'not named'))

export const peopleColumns = (totals: Totals): SortableColumn<EvidencePerson>[] => [
  {
    id: 'person',
    title: 'Who',
    read: nameOf,
    show: (one) => (
      <>
        {nameOf(one)}
        {one.is_facilitator ? <span className="quiet"> (facilitator)</span> : null}
      </>
    ),
  },
  count('contributions', 'Contributions', (one) => one.contributions),
  share('share_of_contributions', 'of all', (one) => one.share_of_contributions, totals.contributions),
  count('answers', 'Answers', (one) => one.answers),
  share('share_of_answers', 'of all', (one) => one.share_of_answers, totals.answers),
  count('starts', 'Threads started', (one) => one.starts),
  share('share_of_starts', 'of all', (one) => one.share_of_starts, totals.starts),
  count('hosted', 'Contributions in their threads', (one) => one.hosted),
  share('share_of_hosted', 'of all', (one) => one.share_of_hosted, totals.contributions),
]

const CATEGORIES = ['help', 'discussion', 'broadcast', 'news', 'work', 'other'] as const

const threadName = (one: EvidenceThread): string => one.channel ?? one.id ?? 'A thread without a known start'

/** Of the categories only those that some thread holds. */
export const threadColumns = (threads: readonly EvidenceThread[], timeZone: string): SortableColumn<EvidenceThread>[] => [
  {
    id: 'thread',
    title: 'Thread',
    read: threadName,
    show: (one) => (
      <span className={classes.wrap}>
        <PlaceLink url={one.url} id={one.source === null ? '' : `${one.source} ${one.id}`}>
          {threadName(one)}
        </PlaceLink>
      </span>
    ),
  },
  { id: 'kind', title: 'Opened as', read: (one) => one.kind, show: (one) => startSentence(one.kind) },
  { id: 'opened_by', title: 'Opened by', read: (one) => one.opened_by, show: (one) => one.opened_by ?? 'not named' },
  {
    id: 'opened_at',
    title: 'Opened',
    read: (one) => one.opened_at,
    show: (one) => (one.opened_at === null ? '–' : formatInstant(one.opened_at, timeZone)),
  },
  count('contributions', 'Contributions', (one) => one.contributions),
  count('people', 'People', (one) => one.people),
  ...CATEGORIES.filter((name) => threads.some((one) => one.categories[name] > 0)).map((name) =>
    count<EvidenceThread>(name, startSentence(name), (one) => one.categories[name]),
  ),
  { id: 'source', title: 'Source', read: (one) => one.source },
  { id: 'id', title: 'Id', read: (one) => one.id },
  { id: 'url', title: 'Address', read: (one) => one.url },
]

const FAMILIES: Record<string, string> = {
  artefact: 'Artefacts',
  procedure: 'Procedure',
  document: 'Documents',
  build: 'Building',
}
const meaningOf = (word: string): string | null => (word in PATTERN_WORDS ? PATTERN_WORDS[word as PatternWord] : null)

export const wordColumns: SortableColumn<Word>[] = [
  {
    id: 'word',
    title: 'Word',
    read: (one) => one.word,
    show: (one) => (
      <span className={classes.wrap}>
        <bdi>{one.word}</bdi>
        {meaningOf(one.word) === null ? null : <span className={classes.quietLine}>{meaningOf(one.word)}</span>}
      </span>
    ),
  },
  {
    id: 'family',
    title: 'Of',
    read: (one) => one.family,
    show: (one) => FAMILIES[one.family ?? ''] ?? '–',
  },
  count('count', 'Times', (one) => one.count),
]

export const leftOutColumns: SortableColumn<LeftOut>[] = [
  { id: 'account', title: 'Account', read: (one) => one.account, show: (one) => one.account },
  count('contributions', 'Contributions', (one) => one.contributions),
  {
    id: 'reasons',
    title: 'Why',
    read: (one) => one.reasons.join(' '),
    show: (one) => <span className={classes.wrap}>{one.reasons.join(' ')}</span>,
  },
]
