import type { Pool } from 'pg'
import type { EvidencePerson, VerdictEvidence } from '../../shared/contract/verdict-evidence.ts'
import { HIDDEN_GROUP, isSmallCount } from './cases.ts'
import { type JudgedWindow, periodOf } from './judged-window.ts'
import { pseudonym } from './pseudonym.ts'
import { sayPeople, sayThreads } from './say-evidence.ts'
import { readLeftOut } from './verdict-left-out.ts'
import { findTops, readWindowPeople, type Tops, type WindowPerson } from './verdict-people.ts'
import { casesOfTest } from './verdict-test-cases.ts'
import { readWindowThreads } from './verdict-threads.ts'
import { readWindowWords } from './verdict-words.ts'

/** Rows of a table of people or of threads; whoever tops something is among them beyond that. */
const MOST_ROWS = 20

/** Who and what is behind a verdict, as known at the end of its window. `isSponsor` hides who is in a small group. */
export const buildVerdictEvidence = async (
  pool: Pool,
  window: JudgedWindow,
  { isSponsor }: { isSponsor: boolean },
): Promise<VerdictEvidence> => {
  const { community, verdict, view, known_by } = window
  const period = periodOf(window)
  const everyone = await readWindowPeople(pool, view, period)
  const { threads, totals: held } = await readWindowThreads(pool, view, period, MOST_ROWS)
  const tops = findTops(everyone)
  const known = everyone.filter((one) => one.person_id !== null)
  const sum = (amount: 'contributions' | 'starts' | 'answers' | 'questions', people = everyone) =>
    people.reduce((total, one) => total + one[amount], 0)
  const active = known.filter((one) => one.contributions > 0).length
  const totals: VerdictEvidence['totals'] = {
    contributions: held.contributions,
    anonymous: held.contributions - sum('contributions', known),
    starts: sum('starts'),
    answers: sum('answers'),
    questions: sum('questions'),
    threads: held.threads,
    people: active,
    helpers: known.filter((one) => one.answers > 0).length,
    words: held.words,
    categories: held.categories,
  }
  const name = (id: string | null) => id && pseudonym(community.community_id, id)
  const isHidden = isSponsor && isSmallCount(active)
  return {
    at: verdict.at,
    view,
    verdict: verdict.verdict,
    window: verdict.window,
    known_by: known_by.toISOString(),
    time_zone: community.time_zone,
    totals,
    people: {
      sentence: sayPeople(
        everyone.map((one) => ({ ...one, is_anonymous: one.person_id === null })),
        totals,
      ),
      rows: isHidden ? [] : choosePeople(everyone, tops).map((one) => toPerson(one, totals, name)),
      hidden: isHidden ? HIDDEN_GROUP : null,
    },
    threads: {
      sentence: sayThreads(threads, totals),
      rows: threads.map(({ host_id, opened_at, ...thread }) => ({
        ...thread,
        opened_by: isSponsor && isSmallCount(thread.people) ? null : name(host_id),
        opened_at: opened_at?.toISOString() ?? null,
      })),
    },
    words: await readWindowWords(pool, window),
    left_out: await readLeftOut(pool, window, isSponsor),
    cases: listCases(window, tops),
  }
}

/** The most active, and whoever tops anything; all who are anonymous last. */
const choosePeople = (everyone: readonly WindowPerson[], tops: Tops): WindowPerson[] => {
  const topIds = new Set([tops.contributions, tops.starts, tops.answers, tops.hosted])
  return everyone.filter((one, i) => i < MOST_ROWS || (one.person_id === null ? one.contributions > 0 : topIds.has(one.person_id)))
}

const shareOf = (part: number, all: number): number | null => (all === 0 ? null : part / all)

const toPerson = (one: WindowPerson, totals: VerdictEvidence['totals'], name: (id: string | null) => string | null): EvidencePerson => {
  const person = name(one.person_id)
  return {
    key: person ?? 'anonymous',
    person,
    is_anonymous: one.person_id === null,
    is_facilitator: one.is_facilitator,
    contributions: one.contributions,
    starts: one.starts,
    answers: one.answers,
    questions: one.questions,
    hosted: one.hosted,
    share_of_contributions: shareOf(one.contributions, totals.contributions),
    share_of_starts: shareOf(one.starts, totals.starts),
    share_of_answers: shareOf(one.answers, totals.answers),
    share_of_hosted: shareOf(one.hosted, totals.contributions),
  }
}

/** What each test of each rule can list. */
const listCases = ({ verdict, view }: JudgedWindow, tops: Tops): VerdictEvidence['cases'] =>
  verdict.rules.flatMap((rule) =>
    rule.tests.map((test) => {
      const cases = casesOfTest(test, tops, view)
      return {
        rule: rule.id,
        rule_title: rule.title,
        label: test.label,
        passed: test.passed,
        metric: test.metric,
        alternative: test.alternative,
        parts: 'numerator' in cases ? (['numerator', 'denominator'] as const).slice() : [],
        none: 'none' in cases ? cases.none : null,
      }
    }),
  )
