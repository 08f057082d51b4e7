import type { Asks } from '../../../shared/contract/ask.ts'
import { formatDay } from '../../../shared/format.ts'
import classes from './ask.module.css'

/** What those who replied said, in sums, and their words as they allow. */
export const RepliesCard = ({ asks }: { asks: Asks }) => {
  const { replies, stories } = asks
  const told = replies.bands.filter((band) => band.count > 0)
  const timeCount = told.reduce((sum, band) => sum + band.count, 0)
  return (
    <section className="card stack-tight" aria-labelledby="replies">
      <h2 className="title" id="replies">
        What came of it
      </h2>
      {timeCount === 0 ? (
        <p className="quiet">Nobody has said yet how much time an answer saved.</p>
      ) : (
        <>
          <p>Time saved, as {timeCount === 1 ? 'one asker says' : `${timeCount} askers say`}:</p>
          <dl className={classes.bands}>
            {told.map((band) => (
              <div key={band.id}>
                <dt>{band.label}</dt>
                <dd>{band.count}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {stories.length === 0 ? (
        <p className="quiet">No story that may be shown.</p>
      ) : (
        <ul className={classes.stories}>
          {stories.map((story) => (
            <li key={`${story.on} ${story.text.slice(0, 40)}`}>
              <blockquote dir="auto">{story.text}</blockquote>
              <p className="quiet small">
                <bdi>{story.by}</bdi>, {formatDay(story.on)}
              </p>
            </li>
          ))}
        </ul>
      )}
      <p className="quiet small measure">
        What somebody said belongs to them: it stands here in sums, and in the words they allow to be shown, never beside the question.
        {asks.opt_out_count > 0
          ? ` ${asks.opt_out_count === 1 ? 'One person does' : `${asks.opt_out_count} people do`} not want to be asked, and ${asks.opt_out_count === 1 ? 'is' : 'are'} not.`
          : ''}
      </p>
    </section>
  )
}
