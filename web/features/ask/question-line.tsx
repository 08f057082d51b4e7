import { dayInZone, formatDay } from '../../../shared/format.ts'
import classes from './ask.module.css'

type Question = { asker: string; source: string; channel: string | null; url: string | null }

/** Who asked, where and when, with the way to the place. */
export const QuestionLine = ({ of, at, timeZone, more }: { of: Question; at: string | null; timeZone: string; more?: string }) => (
  <div className={classes.question}>
    <p>
      <bdi className="strong">{of.asker}</bdi>
      {of.channel === null ? null : (
        <>
          {' in '}
          <bdi>{of.channel}</bdi>
        </>
      )}
    </p>
    <p className="quiet small">
      {at === null ? 'The question is gone' : `Asked on ${formatDay(dayInZone(at, timeZone))}`}
      {more === undefined ? '' : `, ${more}`}
      {of.url === null ? (
        <>
          {' · '}
          <bdi>{of.source}</bdi>
        </>
      ) : (
        <>
          {' · '}
          <a href={of.url} target="_blank" rel="noreferrer nofollow" aria-label={`The question of ${of.asker}, in ${of.source}`}>
            Open the question
          </a>
        </>
      )}
    </p>
  </div>
)
