import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../../../shared/format.ts'
import type { VerdictView } from '../../../shared/verdict-views.ts'
import { evidenceQuery } from '../evidence/fetch-evidence.ts'

const MOST_WORDS = 16

/** The words of work that the rule by talk counted in the window. */
export const CountedWords = ({ slug, at, view }: { slug: string; at: string; view: VerdictView }) => {
  const { data, error } = useQuery(evidenceQuery(slug, { at, view }))
  const rows = data?.words.rows ?? []
  return (
    <div className="small">
      <p className="strong">The words that were counted</p>
      <p>{error ? `They could not be fetched: ${error.message}` : data === undefined ? 'Being fetched …' : data.words.sentence}</p>
      {rows.length === 0 ? null : (
        <p>
          {rows
            .slice(0, MOST_WORDS)
            .map(({ word, count }) => `${word} ${formatCount(count)}`)
            .join(', ')}
          {rows.length > MOST_WORDS ? `, and ${formatCount(rows.length - MOST_WORDS)} more words` : ''}
        </p>
      )}
      <p>
        <Link to="/c/$slug/rules" params={{ slug }} hash="words">
          Which words count
        </Link>
      </p>
    </div>
  )
}
