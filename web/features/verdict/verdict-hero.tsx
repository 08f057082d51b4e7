import { Link } from '@tanstack/react-router'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import { formatDay, formatPeriod, startSentence } from '../../../shared/format.ts'
import type { VerdictView } from '../../../shared/verdict-views.ts'
import classes from './hero.module.css'
import { sayAge, sayHeadline, saySince, saySure, sayWhyOfMonth } from './standing-words.ts'
import { VerdictMark } from './verdict-mark.tsx'
import { formatSupport, INTENTION_WORDS, sayVerdict, TRAJECTORY_WORDS, VERDICT_WORDS } from './verdict-words.ts'
import { VIEW_WORDS } from './verdict-views.ts'
import { ViewBanner } from './view-toggle.tsx'

type HeroProps = {
  /** What is shown: the verdict, or what it would be in a view. */
  verdict: Verdict
  /** The verdict as found, of the same day. */
  found: Verdict
  view: VerdictView
  slug: string
  name: string
  demoNote: string | null
  isLatest: boolean
}

/** How sure, since when, which way, whether as intended: one line, each leading to what it rests on. */
const FactLine = ({ verdict, found, slug }: { verdict: Verdict; found: Verdict; slug: string }) => {
  const { since } = saySince(found)
  const age = found.standing_detail?.since == null ? null : sayAge(found.standing_detail.since, found.at)
  const pending = found.standing_detail?.pending ?? null
  const { word, arrow } = TRAJECTORY_WORDS[found.trajectory]
  const { support, support_detail } = verdict
  return (
    <dl className={classes.line}>
      <div>
        <dt>How sure</dt>
        <dd>
          <a href="#why">
            {saySure(verdict)}
            {support === null || support_detail.strength === null ? '' : `, ${formatSupport(support)}`}
          </a>
        </dd>
      </div>
      <div>
        <dt>Since</dt>
        <dd>
          {since}
          {age === null ? null : <span className="quiet"> · {age}</span>}
          {pending === null ? null : <span className="quiet"> · {VERDICT_WORDS[pending.verdict].word.toLowerCase()} is on its way</span>}
        </dd>
      </div>
      <div>
        <dt>Direction</dt>
        <dd>
          <a href="#direction">
            <span aria-hidden>{arrow} </span>
            {startSentence(word)}
          </a>
        </dd>
      </div>
      <div>
        <dt>Meant to be</dt>
        <dd>
          <Link to="/c/$slug/rules" params={{ slug }} hash="charter">
            {found.intention === null ? 'Not declared' : INTENTION_WORDS[found.intention.state]}
          </Link>
        </dd>
      </div>
      <div>
        <dt>As known by the end of</dt>
        <dd>{formatDay(verdict.at)}</dd>
      </div>
    </dl>
  )
}

/** What stands, what this evaluation says beside it and why, how sure, since when, which way, and whether as intended: at a glance. */
export const VerdictHero = ({ verdict, found, view, slug, name, demoNote, isLatest }: HeroProps) => {
  const isFound = view === 'as_found'
  const { stands, beside } = isFound ? sayHeadline(verdict) : { stands: verdict.sentence, beside: null }
  const differs = beside !== null
  const shown = !isFound || !differs ? verdict.verdict : verdict.standing
  return (
    <header className={classes.hero} data-view={isFound ? undefined : view}>
      <p className={classes.eyebrow}>
        <bdi className={classes.name}>{name}</bdi>
        {demoNote === null ? null : <span className={classes.demo}>Demo</span>}
      </p>
      {view === 'as_found' ? null : <ViewBanner view={view} slug={slug} at={verdict.at} />}
      {isLatest ? null : (
        <p className={`${classes.banner} no-print`}>
          <span className="strong">Looking back: {formatPeriod(verdict.at.slice(0, 7))}.</span> All of this part is as it was known then.{' '}
          <Link from="/c/$slug" to="/c/$slug" search={(now) => ({ ...now, at: undefined })} resetScroll={false}>
            To the latest verdict
          </Link>
        </p>
      )}
      <div className={classes.headline}>
        {shown === null ? null : <VerdictMark verdict={shown} size={36} />}
        <h1 className="display">
          {isFound ? null : <span className={classes.besides}>{startSentence(VIEW_WORDS[view].as)}: </span>}
          {stands}
          {beside === null ? null : <span className={classes.besides}> {beside}</span>}
        </h1>
      </div>
      {isFound ? null : (
        <p className="measure">
          As found,{' '}
          {found.standing === null || found.standing === found.verdict
            ? 'it reads as'
            : `${sayVerdict(found.standing)} stands and the month reads as`}{' '}
          {sayVerdict(found.verdict)}. Since when, the direction and the charter below are of the verdict as found.
        </p>
      )}
      <p className={classes.because}>{differs ? sayWhyOfMonth(verdict) : verdict.because}</p>
      <FactLine verdict={verdict} found={found} slug={slug} />
    </header>
  )
}
