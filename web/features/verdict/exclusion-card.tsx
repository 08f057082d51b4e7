import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import type { VerdictView } from '../../../shared/verdict-views.ts'
import { Waiting } from '../../ui/states.tsx'
import { listExclusions, sayLeftOut } from './exclusion-words.ts'
import classes from './verdict.module.css'
import { ViewToggle } from './view-toggle.tsx'

// its numbers are worked out on the spot, and nothing above waits for them
const ComparisonTable = lazy(async () => ({ default: (await import('../evidence/comparison-table.tsx')).ComparisonTable }))

/** What does not count, and what the verdict would be if it did. */
export const ExclusionCard = ({ verdict, slug, view }: { verdict: Verdict; slug: string; view: VerdictView }) => (
  <section className="card stack-tight" aria-labelledby="exclusions">
    <h2 className="title" id="exclusions">
      What was left out?
    </h2>
    <p className="measure">{sayLeftOut(verdict.exclusions, verdict.window.days)}</p>
    <dl className={classes.exclusions}>
      {listExclusions(verdict.exclusions, verdict.window.days).map(({ id, label, count, amount, meaning }) => (
        <div key={id} data-none={count === 0}>
          <dt>{label}</dt>
          <dd className="strong">{amount}</dd>
          <dd className="small quiet">
            {meaning}
            {id === 'bot_contributions' ? (
              <>
                {' '}
                <Link to="/c/$slug/rules" params={{ slug }} hash="bots">
                  {count === 0 ? 'Who looks like a bot' : 'Which accounts, and why'}
                </Link>
              </>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
    <h3 className={classes.subtitle}>Would it be another verdict if others counted?</h3>
    <Suspense fallback={<Waiting heights={[160]} />}>
      <ComparisonTable slug={slug} at={verdict.at} />
    </Suspense>
    <ViewToggle view={view} label="Who counts, in the whole page" says="See the whole page" />
  </section>
)
