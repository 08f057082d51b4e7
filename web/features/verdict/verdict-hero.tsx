import type { Verdict } from '../../../shared/contract/verdict.ts'
import { formatDay } from '../../../shared/format.ts'
import classes from './verdict.module.css'
import { VerdictMark } from './verdict-mark.tsx'
import { saySupport, sayWindow, TRAJECTORY_WORDS, VERDICT_WORDS } from './verdict-words.ts'

/** The finding in one sentence, why, and the smallest change that would turn it. */
export const VerdictHero = ({
  verdict,
  name,
  demoNote,
  isLatest,
}: {
  verdict: Verdict
  name: string
  demoNote: string | null
  isLatest: boolean
}) => {
  const { word } = VERDICT_WORDS[verdict.verdict]
  const trajectory = TRAJECTORY_WORDS[verdict.trajectory]
  const support = saySupport(verdict.support)
  const standing = verdict.standing
  return (
    <header className={classes.hero}>
      <p className={classes.eyebrow}>
        <bdi className={classes.name}>{name}</bdi>
        {demoNote === null ? null : <span className={classes.demo}>Demo</span>}
      </p>
      <h1 className="display">{verdict.sentence}</h1>
      <p className="lead">{verdict.because}</p>
      {standing !== null && standing !== verdict.verdict ? (
        <p className="lead">
          {VERDICT_WORDS[standing].word} still stands: this period leans towards {word.toLowerCase()}, and that is not confirmed yet.
        </p>
      ) : null}
      {verdict.flip === null ? null : (
        <p className={classes.flip}>
          <span className="strong">The smallest change that would turn it: </span>
          {verdict.flip.sentence}
        </p>
      )}
      <dl className={classes.facts}>
        <div>
          <dt>Verdict</dt>
          <dd>
            <VerdictMark verdict={verdict.verdict} /> {word}
          </dd>
        </div>
        <div>
          <dt>Direction</dt>
          <dd>
            <span aria-hidden>{trajectory.arrow} </span>
            {trajectory.word}
          </dd>
        </div>
        {support === null ? null : (
          <div>
            <dt>Support</dt>
            <dd>{support}</dd>
          </div>
        )}
        <div>
          <dt>{isLatest ? 'As known at the end of' : 'As it was known at the end of'}</dt>
          <dd>{formatDay(verdict.at)}</dd>
        </div>
        <div>
          <dt>Rests on</dt>
          <dd>{sayWindow(verdict)}</dd>
        </div>
      </dl>
      {demoNote === null ? null : <p className="small quiet measure">Demo: {demoNote}</p>}
    </header>
  )
}
