import type { RuleTest } from '../../shared/contract/verdict.ts'
import { TESTS_WITHOUT_CASES, type VerdictView } from '../../shared/verdict-views.ts'
import { THRESHOLDS } from '../diagnosis/thresholds.ts'
import { type CaseList, type CaseSet, countOfCases, type NumberCases, shareOf } from '../metrics/cases/case-list.ts'
import { ANSWER_DAYS } from '../metrics/readings/episodes.ts'
import { startOfDay } from '../rollup/local-day.ts'
import { isHostIn, windowLists, withWords } from './verdict-lists.ts'
import type { Tops } from './verdict-people.ts'

const RECENT_WEEKS = THRESHOLDS.dormant_recent_weeks.value

/** What the tests that are no share of the content mix count, by metric. */
type Makers = Record<string, (lists: ReturnType<typeof windowLists>, tops: Tops, view: VerdictView) => NumberCases>

const isBy = (person: string | null): string => (person === null ? 'false' : `person_id = ${uuid(person)}`)
const uuid = (id: string): string => {
  // ids come from our own tables; a text that is none must never reach a statement
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new TypeError('a person id is a uuid')
  return `'${id}'::uuid`
}
const isByOneOf = (people: readonly string[]): string => (people.length === 0 ? 'false' : `person_id in (${people.map(uuid).join(', ')})`)

const all = { words: 'contributions in the window' }
const talk = (those: string, words: string) => (lists: ReturnType<typeof windowLists>) => {
  const list = withWords(lists.contributions)
  const amount = (sql: string, noun: string) => ({ list, where: `${sql} > 0`, amount: { sql, noun } })
  const denominator: CaseSet = { ...amount('word_count', 'words'), words: 'words, by the contribution they stand in' }
  return { numerator: { ...amount(those, 'words of work'), words }, denominator }
}
const answers = { where: 'is_answer', words: 'answers in the window' }

const MAKERS: Makers = {
  contributions: ({ contributions }) => countOfCases(contributions, all),
  'recent-contributions': ({ contributions }) =>
    countOfCases(contributions, {
      where: `occurred_at >= (select ${startOfDay(`to_on - ${RECENT_WEEKS * 7}`, '$6')} from period)`,
      words: `contributions in the last ${RECENT_WEEKS} weeks`,
    }),
  'active-people': ({ people }) => countOfCases(people, { words: 'people known who contributed' }),
  helpers: ({ people }) => countOfCases(people, { where: 'answers > 0', sort: 'answers', words: 'people who answered somebody else' }),
  'feed-gap': ({ days }) =>
    shareOf(days, {
      all: { words: 'days of the window' },
      those: { where: 'is_uncovered', words: 'days that the feed is not known to cover' },
    }),
  'answered-share': ({ questions }) =>
    shareOf(questions, {
      all: { where: 'is_ripe', words: `questions at least ${ANSWER_DAYS} days old at the end of the window` },
      those: { where: 'is_answered_in_time', words: `of these that someone else answered within ${ANSWER_DAYS} days` },
    }),
  'top-share': ({ contributions }, tops) =>
    shareOf(contributions, { all, those: { where: isBy(tops.contributions), words: 'contributions by the person who made most' } }),
  'top-ten-share': ({ contributions }, tops) =>
    shareOf(contributions, { all, those: { where: isByOneOf(tops.top_ten), words: 'contributions by the ten most active people' } }),
  'top-share-of-starts': ({ contributions }, tops) =>
    shareOf(contributions, {
      all: { where: 'is_start', words: 'threads started in the window' },
      those: { where: isBy(tops.starts), words: 'threads by the person who started most' },
    }),
  'top-share-of-answers': ({ contributions }, tops) =>
    shareOf(contributions, { all: answers, those: { where: isBy(tops.answers), words: 'answers by the person who gave most' } }),
  'host-share': ({ contributions }, tops, view) =>
    shareOf(contributions, {
      all,
      those: { where: isHostedBy(tops.hosted, view), words: 'contributions in the threads of the one person whose threads hold most' },
    }),
  'questions-by-others': ({ contributions }, { teacher }) =>
    shareOf(contributions, {
      all,
      those: {
        where: `kind = 'question'${teacher === null ? '' : ` and person_id is distinct from ${uuid(teacher)}`}`,
        words: 'questions by people other than the one who answers most',
      },
    }),
  'talk-words': ({ contributions }) =>
    countOfCases(withWords(contributions), {
      where: 'word_count > 0',
      amount: { sql: 'word_count', noun: 'words' },
      words: 'words, by the contribution they stand in',
    }),
  'work-words': talk(
    '(artefact_word_count + document_word_count)',
    'words of artefacts, procedure, documents and building, by the contribution they stand in',
  ),
  'artefact-words': talk('artefact_word_count', 'words of artefacts and procedure, by the contribution they stand in'),
}

/** In threads that a person started, at any time: found by their starts, which are few. */
const isHostedBy = (person: string | null, view: VerdictView): string =>
  person === null
    ? 'false'
    : `start_key in (
    select start.event_key
    from contribution start
    where start.community_id = $1 and start.person_id = ${uuid(person)} and start.is_start and ${isHostIn(view)}
  )`

const ABOUT_SOMEBODY = new Set([
  'top-share',
  'top-ten-share',
  'top-share-of-starts',
  'top-share-of-answers',
  'host-share',
  'questions-by-others',
])
/** Whether it takes to know who made most to list what the test counts. */
export const needsTops = (metric: string): boolean => ABOUT_SOMEBODY.has(metric)

const CATEGORY_WORDS: Record<string, string> = {
  help: 'questions and answers',
  discussion: 'contributions to discussions',
  broadcast: 'posts that nobody else joined',
  news: 'announcements',
  work: 'contributions to work',
  other: 'contributions of no clear kind',
}

/** "content-mix:news+broadcast": contributions of these kinds, of all of them or as a bare count. */
const mixCases = (contributions: CaseList, categories: readonly string[], isShare: boolean): NumberCases => {
  const those = {
    where: `category in (${categories.map((name) => `'${name}'`).join(', ')})`,
    words: categories.map((name) => CATEGORY_WORDS[name]).join(', and '),
  }
  return isShare ? shareOf(contributions, { all, those }) : countOfCases(contributions, those)
}

/** What a test of a verdict counts; a sentence where it counts nothing that could be listed. */
export const casesOfTest = (test: RuleTest, tops: Tops, view: VerdictView): NumberCases => {
  const lists = windowLists(view)
  const none = TESTS_WITHOUT_CASES[test.metric]
  if (none !== undefined) return { none }
  if (test.observed === null && test.denominator === null)
    return { none: `The number is withheld, and so is what it counts: ${test.sentence}` }
  if (test.metric.startsWith('content-mix:')) {
    const categories = test.metric.slice('content-mix:'.length).split('+')
    if (categories.every((name) => name in CATEGORY_WORDS)) return mixCases(lists.contributions, categories, test.denominator !== null)
  }
  return MAKERS[test.metric]?.(lists, tops, view) ?? { none: 'What this test counts cannot be listed yet.' }
}
