import type { VerdictView } from '../../shared/verdict-views.ts'

/** SQL: the people behind the accounts that the managers named. $1 is the community. */
const FACILITATORS = `array(
      select i.person_id
      from facilitator f
      join identity i on i.community_id = $1 and i.identity_key = f.identity_key
      where f.community_id = $1
    )`

/**
 * SQL: whether a contribution counts as one of the people judged, for the alias of its table; $1 is the community. Accounts
 * taken for bots count in `with_bots` alone. `without_facilitators` passes over what facilitators wrote just as over bots:
 * their threads are nobody's, and what they alone answered is unanswered.
 */
export const isPerson = (view: VerdictView, alias: string): string => {
  if (view === 'with_bots') return 'true'
  const byPeople = `not ${alias}.is_bot`
  // anonymous authors are no facilitators that one could know of
  return view === 'as_found' ? byPeople : `${byPeople} and (${alias}.person_id = any (${FACILITATORS})) is not true`
}
