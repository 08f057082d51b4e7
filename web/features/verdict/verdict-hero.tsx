import { Link } from '@tanstack/react-router'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import { formatDay, formatPeriod, startSentence } from '../../../shared/format.ts'
import type { VerdictView } from '../../../shared/verdict-views.ts'
import classes from './hero.module.css'
import { sayDirection } from './direction-words.ts'
import { OwnThresholds } from './own-thresholds.tsx'
import { sayFlip, sayHeadline, saySince, saySupport, sayWhatItTakes, sayWhyOfMonth } from './standing-words.ts'
import { SupportBar } from './support-bar.tsx'
import { VerdictMark } from './verdict-mark.tsx'
import { sayVerdict, sayWindow, STRENGTH_WORDS, TRAJECTORY_WORDS, VERDICT_WORDS } from './verdict-words.ts'
import { VIEW_WORDS } from './verdict-views.ts'
import { ViewBanner, ViewToggle } from './view-toggle.tsx'

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

/** How sure, and of what where the headline says something else. */
const saySure = ({ verdict, standing, support_detail: { strength } }: Verdict): string => {
  if (strength === null) return 'Not told'
  const word = startSentence(STRENGTH_WORDS[strength].word)
  return strength === 'none' || standing === verdict ? word : `${word}: ${sayVerdict(verdict)}`
}

const HowSure = ({ verdict }: { verdict: Verdict }) => {
  const { caps } = verdict.support_detail
  return (
    <div className={classes.fact}>
      <dt>How sure</dt>
      <dd className={classes.figure}>{saySure(verdict)}</dd>
      <dd>
        <SupportBar support={verdict.support_detail} verdict={verdict.verdict} />
      </dd>
      <dd className="small quiet">{saySupport(verdict.support_detail)}</dd>
      {caps.map((cap) => (
        <dd key={cap} className="small">
          <span className="strong">Held back: </span>
          {cap}
        </dd>
      ))}
    </div>
  )
}

const Since = ({ found }: { found: Verdict }) => {
  const { since, notes } = saySince(found)
  const pending = found.standing_detail?.pending ?? null
  return (
    <div className={classes.fact}>
      <dt>Stands since</dt>
      <dd className={classes.figure}>{since}</dd>
      {notes.map((note) => (
        <dd key={note} className="small quiet">
          {note}
        </dd>
      ))}
      {pending === null ? null : <dd className="small">{VERDICT_WORDS[pending.verdict].word} is on its way.</dd>}
    </div>
  )
}

const Direction = ({ found }: { found: Verdict }) => {
  const { word, arrow } = TRAJECTORY_WORDS[found.trajectory]
  const detail = found.trajectory_detail
  return (
    <div className={classes.fact}>
      <dt>Direction</dt>
      <dd className={classes.figure}>
        <span aria-hidden>{arrow} </span>
        {startSentence(word)}
      </dd>
      <dd className="small quiet">{sayDirection(found)}</dd>
      {detail === null ? null : (
        <dd className="small">
          <a href="#direction">What it rests on</a>
        </dd>
      )}
    </div>
  )
}

const INTENTION_WORDS = { as_intended: 'As intended', drifting: 'Drifting', not_judged: 'Not judged' } as const

const MeantToBe = ({ found, slug }: { found: Verdict; slug: string }) => (
  <div className={classes.fact}>
    <dt>Meant to be</dt>
    <dd className={classes.figure}>{found.intention === null ? 'Not declared' : INTENTION_WORDS[found.intention.state]}</dd>
    <dd className="small quiet">
      {found.intention?.sentence ?? 'Its managers have not said what it is meant to be.'}{' '}
      <Link to="/c/$slug/rules" params={{ slug }} hash="charter">
        {found.intention === null ? 'Declare it' : 'Its charter'}
      </Link>
    </dd>
  </div>
)

/** What would turn this reading, and what would turn what stands. */
const WhatWouldChange = ({ verdict, found }: { verdict: Verdict; found: Verdict }) => {
  return (
    <section className={classes.change} aria-labelledby="what-would-change">
      <h2 id="what-would-change" className={classes.changeTitle}>
        What would change it?
      </h2>
      <p className="measure">
        {verdict.nearest === null ? null : (
          <>
            Nearest is <VerdictMark verdict={verdict.nearest} size={15} /> {sayVerdict(verdict.nearest)}.{' '}
          </>
        )}
        {sayFlip(verdict)}
        {verdict.flip === null ? null : (
          <span className="quiet"> Found by search, and verified by applying it and asking every rule again.</span>
        )}
      </p>
      {found.standing === null ? null : <p className="measure">{sayWhatItTakes(found.standing, found.standing_detail?.pending ?? null)}</p>}
    </section>
  )
}

/** What stands, what this evaluation says beside it, how sure, since when, which way, whether as intended, and what would change it. */
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
      <div className={classes.reasons}>
        <p className="lead">{differs ? sayWhyOfMonth(verdict) : verdict.because}</p>
        <WhatWouldChange verdict={verdict} found={found} />
      </div>
      <dl className={classes.facts}>
        <HowSure verdict={verdict} />
        <Since found={found} />
        <Direction found={found} />
        <MeantToBe found={found} slug={slug} />
      </dl>
      <ViewToggle view={view} label="Who counts" says="Who counts:" />
      <p className="small quiet">
        {isLatest ? 'As known at the end of' : 'As it was known at the end of'} {formatDay(verdict.at)}; rests on {sayWindow(verdict)}.{' '}
        <OwnThresholds slug={slug} own={verdict.own_thresholds} />
      </p>
      {demoNote === null ? null : <p className="small quiet measure">Demo: {demoNote}</p>}
    </header>
  )
}
