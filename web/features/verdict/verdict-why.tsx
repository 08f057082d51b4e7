import { Link } from '@tanstack/react-router'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import { formatDay, startSentence } from '../../../shared/format.ts'
import type { VerdictView } from '../../../shared/verdict-views.ts'
import { sayDirection } from './direction-words.ts'
import classes from './hero.module.css'
import { OwnThresholds } from './own-thresholds.tsx'
import { sayFlip, saySince, saySupport, saySure, sayWhatItTakes } from './standing-words.ts'
import { SupportBar } from './support-bar.tsx'
import { VerdictMark } from './verdict-mark.tsx'
import { INTENTION_WORDS, sayVerdict, sayWindow, TRAJECTORY_WORDS, VERDICT_WORDS } from './verdict-words.ts'
import { ViewToggle } from './view-toggle.tsx'

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
      <h3 id="what-would-change" className={classes.changeTitle}>
        What would change it?
      </h3>
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

type WhyProps = { verdict: Verdict; found: Verdict; view: VerdictView; slug: string; demoNote: string | null; isLatest: boolean }

/** What the verdict rests on in full: how sure, since when, which way, as intended or not, what would change it, and who counts. */
export const VerdictWhy = ({ verdict, found, view, slug, demoNote, isLatest }: WhyProps) => (
  <section className={`card ${classes.why}`} aria-labelledby="why" data-view={view === 'as_found' ? undefined : view}>
    <h2 className="title" id="why">
      How sure is that?
    </h2>
    <dl className={classes.facts}>
      <HowSure verdict={verdict} />
      <Since found={found} />
      <Direction found={found} />
      <MeantToBe found={found} slug={slug} />
    </dl>
    <WhatWouldChange verdict={verdict} found={found} />
    <ViewToggle view={view} label="Who counts" says="Who counts:" />
    <p className="small quiet">
      {isLatest ? 'As known at the end of' : 'As it was known at the end of'} {formatDay(verdict.at)}; rests on {sayWindow(verdict)}.{' '}
      <OwnThresholds slug={slug} own={verdict.own_thresholds} />
    </p>
    {demoNote === null ? null : <p className="small quiet measure">Demo: {demoNote}</p>}
  </section>
)
