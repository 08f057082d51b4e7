import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { communitiesQuery, meQuery, peopleQuery } from '../../app/queries.ts'
import classes from './first-steps.module.css'
import { findUnfinished, listSteps, type Step } from './list-steps.ts'

/** What each step leads to; null where there is nowhere to go yet. */
const linkOf = (
  step: Step,
  community: CommunitySummary | null,
  demo: CommunitySummary | undefined,
  isAdministrator: boolean,
): ReactNode => {
  if (step.id === 'make')
    return (
      <>
        <Link to="/" hash="new-community">
          Make it
        </Link>
        {demo === undefined ? null : (
          <>
            {' '}
            · or look at a demo first:{' '}
            <Link to="/c/$slug" params={{ slug: demo.slug }}>
              {demo.name}
            </Link>
          </>
        )}
      </>
    )
  if (community === null) return null
  const params = { slug: community.slug }
  if (step.id === 'bring')
    return (
      <>
        <Link to="/c/$slug/import" params={params}>
          Import a file
        </Link>{' '}
        ·{' '}
        <Link to="/c/$slug/data" params={params}>
          make a key
        </Link>
      </>
    )
  if (step.id === 'declare')
    return (
      <Link to="/c/$slug/rules" params={params} hash="charter">
        Declare its charter
      </Link>
    )
  return isAdministrator ? <Link to="/people">Invite</Link> : 'An administrator can invite them.'
}

/**
 * From nothing to a dashboard of one's own in four steps: of the community given, or of the newest of one's own that is not done.
 * Absent where all is done, where nothing can be done by this reader, and once it was put away.
 */
export const FirstSteps = ({ community }: { community?: CommunitySummary }) => {
  const { data: me } = useQuery(meQuery)
  const { data: communities } = useQuery(communitiesQuery)
  const isAdministrator = me?.is_administrator ?? false
  const { data: people } = useQuery({ ...peopleQuery, enabled: isAdministrator })
  const [putAway, setPutAway] = useLocalStorage<string[]>({
    key: 'barnraise-steps-put-away',
    defaultValue: [],
    getInitialValueInEffect: false,
  })
  if (communities === undefined || me === undefined) return null
  const own = communities.some((one) => !one.is_demo)
  const chosen = community ?? findUnfinished(communities)
  const isReader = chosen === null ? !isAdministrator || own : chosen.is_demo || !['administrator', 'manager'].includes(chosen.role)
  const name = chosen?.slug ?? ''
  if (isReader || putAway.includes(name)) return null
  const invited = people?.filter(({ id, roles }) => id !== me.user.id && roles.some(({ slug }) => slug === chosen?.slug)).length ?? null
  const steps = listSteps(chosen, invited)
  const next = steps.find(({ isDone }) => !isDone)
  if (next === undefined) return null
  const demo = communities.find(({ is_demo, standing }) => is_demo && standing === 'community')
  return (
    <section className={`card stack-tight no-print ${classes.card}`} aria-labelledby="first-steps">
      <div className={classes.head}>
        <h2 className="title" id="first-steps">
          {chosen === null ? 'Four steps to a verdict of your own' : <bdi>Next for {chosen.name}</bdi>}
        </h2>
        <button type="button" className="plain-button" onClick={() => setPutAway([...putAway, name])}>
          Put this away
        </button>
      </div>
      <ol className={classes.steps}>
        {steps.map((step, i) => (
          <li key={step.id} className={classes.step} data-state={step.isDone ? 'done' : step === next ? 'next' : 'later'}>
            <p className="strong">
              <span className={classes.mark} aria-hidden>
                {step.isDone ? '✓' : i + 1}
              </span>
              {step.title}
              <span className="visually-hidden">{step.isDone ? ': done' : step === next ? ': next' : ''}</span>
            </p>
            {step.isDone ? null : (
              <>
                <p className="small quiet">{step.why}</p>
                <p className="small">{linkOf(step, chosen, demo, isAdministrator)}</p>
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
