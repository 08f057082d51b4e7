import type { ClientBase, Pool } from 'pg'
import type { VerdictView } from '../../shared/verdict-views.ts'
import { type CasePeriod, periodParameters } from '../metrics/cases/read-cases.ts'
import { PERIOD_CTE } from '../metrics/reading.ts'
import { isHostIn, isInWindow, isSeenIn } from './verdict-lists.ts'

/** What one person did in a window, as known at its end; `person_id` null: all whose author is not known. */
export type WindowPerson = {
  person_id: string | null
  contributions: number
  starts: number
  answers: number
  questions: number
  /** Contributions in threads that they started, at any time; in the row without a person, those in nobody's threads. */
  hosted: number
  is_facilitator: boolean
}

/** Everyone in a window, hosts without a contribution of their own included; most contributions first, then by id, nobody last. */
export const readWindowPeople = async (db: Pool | ClientBase, view: VerdictView, period: CasePeriod): Promise<WindowPerson[]> => {
  const { rows } = await db.query<WindowPerson>(
    `with ${PERIOD_CTE},
seen as (
  select c.person_id, c.start_key, c.is_start, c.is_answer, c.kind
  from contribution c
  where c.community_id = $1 and ${isInWindow()} and ${isSeenIn(view)}
),
by_person as (
  select
    person_id,
    count(*) as contributions,
    count(*) filter (where is_start) as starts,
    count(*) filter (where is_answer) as answers,
    count(*) filter (where kind = 'question') as questions
  from seen
  group by person_id
),
by_start as (
  select start_key, count(*) as contributions from seen group by start_key
),
part as (
  select person_id, contributions, starts, answers, questions, 0 as hosted from by_person
  union all
  select host.person_id, 0, 0, 0, 0, s.contributions
  from by_start s
  left join contribution host on host.community_id = $1 and host.event_key = s.start_key and ${isHostIn(view, 'host')}
)
select
  person_id,
  sum(contributions)::int as contributions,
  sum(starts)::int as starts,
  sum(answers)::int as answers,
  sum(questions)::int as questions,
  sum(hosted)::int as hosted,
  person_id in (
    select i.person_id
    from facilitator f
    join identity i on i.community_id = $1 and i.identity_key = f.identity_key
    where f.community_id = $1
  ) is true as is_facilitator
from part
group by person_id
order by person_id is null, sum(contributions) desc, person_id`,
    periodParameters(period),
  )
  return rows
}

type Amount = 'contributions' | 'starts' | 'answers' | 'hosted'
/** Who a rule takes for the person with most: null where nobody known has any. */
export type Tops = Record<Amount, string | null> & {
  /** Whose questions do not count as other people's. */
  teacher: string | null
  top_ten: string[]
}

/**
 * Of several with equally many, the rules take the one with most contributions and then the smaller id; for hosts the smaller id
 * alone decides; and whose questions do not count as other people's, the one who asked most.
 */
export const findTops = (people: readonly WindowPerson[]): Tops => {
  const known = people.filter((one): one is Known => one.person_id !== null)
  const byId = known.toSorted((a, b) => (a.person_id < b.person_id ? -1 : 1))
  const byQuestions = known.toSorted((a, b) => b.questions - a.questions)
  return {
    contributions: firstWithMost(known, 'contributions'),
    starts: firstWithMost(known, 'starts'),
    answers: firstWithMost(known, 'answers'),
    hosted: firstWithMost(byId, 'hosted'),
    teacher: firstWithMost(byQuestions, 'answers'),
    top_ten: known
      .filter((one) => one.contributions > 0)
      .slice(0, 10)
      .map((one) => one.person_id),
  }
}

/** For tests that ask for nobody in particular. */
export const NO_TOPS: Tops = { contributions: null, starts: null, answers: null, hosted: null, teacher: null, top_ten: [] }

type Known = WindowPerson & { person_id: string }

const firstWithMost = (people: readonly Known[], amount: Amount): string | null => {
  let top: Known | null = null
  for (const one of people) if (one[amount] > (top?.[amount] ?? 0)) top = one
  return top?.person_id ?? null
}
