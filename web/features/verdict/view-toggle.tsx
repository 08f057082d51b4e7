import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { VERDICT_VIEWS, type VerdictView } from '../../../shared/verdict-views.ts'
import { comparisonQuery } from '../evidence/fetch-evidence.ts'
import classes from './hero.module.css'
import { VIEW_WORDS } from './verdict-views.ts'

const searchOf = (view: VerdictView) => (view === 'as_found' ? undefined : view)

/** Who counts: each view is a click, and an address, apart. */
export const ViewToggle = ({ view, label, says }: { view: VerdictView; label: string; says: string }) => (
  <nav className={`${classes.views} no-print`} aria-label={label}>
    <span className="quiet">{says}</span>
    {VERDICT_VIEWS.map((one) => (
      <Link
        key={one}
        from="/c/$slug"
        to="/c/$slug"
        search={(now) => ({ ...now, view: searchOf(one) })}
        resetScroll={false}
        className={classes.view}
        data-chosen={one === view}
        aria-current={one === view ? 'true' : undefined}
        activeOptions={{ exact: true, explicitUndefined: true }}
        title={VIEW_WORDS[one].meaning}
      >
        {VIEW_WORDS[one].label.toLowerCase()}
      </Link>
    ))}
  </nav>
)

/** Stands over everything that is not the verdict but a what-if. */
export const ViewBanner = ({ view, slug, at }: { view: Exclude<VerdictView, 'as_found'>; slug: string; at: string }) => {
  const { data } = useQuery(comparisonQuery(slug, at))
  const same = data?.without.find((one) => one.view === view)
  return (
    <p className={classes.banner} role="status">
      <span className="strong">Not the verdict: a what-if view, {VIEW_WORDS[view].as}.</span> {same?.reason ?? VIEW_WORDS[view].meaning}{' '}
      <Link to="/c/$slug/rules" params={{ slug }} hash={view === 'with_bots' ? 'bots' : 'facilitators'}>
        {view === 'with_bots' ? 'Which accounts' : 'Who they are'}
      </Link>{' '}
      ·{' '}
      <Link from="/c/$slug" to="/c/$slug" search={(now) => ({ ...now, view: undefined })} resetScroll={false}>
        Back to the verdict as found
      </Link>
    </p>
  )
}
