import { Link } from '@tanstack/react-router'
import type { Measured } from '../../../shared/contract/metric.ts'
import { CardEmpty } from '../../ui/states.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { usePeriodSearch } from '../period/use-period-search.ts'

/** In the place of all that rests on questions, where there are none: what is missing, and what would fill it. */
export const NoQuestions = ({ asked, numbers }: { asked: Measured; numbers: Numbers }) => {
  const { slug, community } = numbers
  const { search } = usePeriodSearch()
  const isManager = community.role === 'administrator' || community.role === 'manager'
  const cannotTell = asked.status === 'not_available'
  const data = isManager ? (
    <Link to="/c/$slug/data" params={{ slug }}>
      Data
    </Link>
  ) : (
    'Data'
  )
  return (
    <CardEmpty title={cannotTell ? 'Questions are not told of here' : 'No questions, so no help to measure'}>
      <p className="measure">
        Help is counted from questions and what became of them. That there is none here is no failing: a blog, a newsletter or a list of
        members can do its work without.
      </p>
      <p className="measure">
        {cannotTell ? (
          <>
            If members ask each other somewhere (a forum, a chat, a mailing list), bring in that place on the page {data}, and this page
            fills. If they ask here, {isManager ? 'say' : 'a manager can say'} on the same page which channels hold questions.
          </>
        ) : (
          <>
            {search.range === 'all' ? null : 'There may be some in earlier periods: choose All above. '}
            If members ask somewhere else, bring in that place on the page {data}; if messages here are questions that were not recognised,{' '}
            {isManager ? 'say' : 'a manager can say'} there which channels hold them.
          </>
        )}
      </p>
    </CardEmpty>
  )
}
