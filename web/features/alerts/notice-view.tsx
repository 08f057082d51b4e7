import type { Alert } from '../../../shared/contract/alert.ts'
import { formatDay, sayWhen } from '../../../shared/format.ts'
import { type Grain, periodOfDay } from '../../../shared/period.ts'
import classes from './alerts.module.css'
import { NoticeChart } from './notice-chart.tsx'
import { NOTICE_WORDS, saySent } from './say-alerts.ts'

type Notice = Alert['notices'][number]

const Figures = ({ of: { figures } }: { of: Notice['content'] }) =>
  figures.length === 0 ? null : (
    <div className="scroll-x">
      <table className={`data-table ${classes.figures}`}>
        <caption className="visually-hidden">What changed</caption>
        <thead>
          <tr>
            <th scope="col">What changed</th>
            <th scope="col">Now</th>
            <th scope="col">Usual</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ label, now, usual, change }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{now}</td>
              <td>{usual}</td>
              <td>{change}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )

const Driver = ({ of: { driver } }: { of: Notice['content'] }) =>
  driver === null ? null : (
    <div className={classes.part}>
      <h4 className={classes.partTitle}>What is behind it</h4>
      <p className="measure">{driver.sentence}</p>
      {driver.parts.length === 0 ? null : (
        <ul className={`small ${classes.parts}`}>
          {driver.parts.map(({ of, label, share }) => (
            <li key={`${of} ${label}`}>
              <span className="quiet">{of}</span> <bdi>{label}</bdi>: {share}
            </li>
          ))}
        </ul>
      )}
    </div>
  )

/** A path of the dashboard, as the rules write them; anything else is shown as text. */
const isOfDashboard = (path: string): boolean => /^\/(?![/\\])/.test(path)

const LookFirst = ({ of: { look_first } }: { of: Notice['content'] }) =>
  look_first.length === 0 ? null : (
    <div className={classes.part}>
      <h4 className={classes.partTitle}>What to look at first</h4>
      <ol className={classes.look}>
        {look_first.map(({ text, path }) => (
          <li key={`${path} ${text}`}>{isOfDashboard(path) ? <a href={path}>{text}</a> : text}</li>
        ))}
      </ol>
    </div>
  )

type ViewProps = { of: Notice; community: string; grain: Grain; beganOn: string }

const Told = ({ of, community, grain, beganOn }: ViewProps) => {
  const sent = saySent(of)
  return (
    <p className="small quiet">
      {of.on === beganOn ? NOTICE_WORDS[of.notice] : 'As it stood'} {sayWhen(periodOfDay(of.on, grain))}, {sent}
      {of.sent === 'sent' && of.content.community.name !== community
        ? ` (the community was then called “${of.content.community.name}”)`
        : ''}
      .
    </p>
  )
}

/** A notice in its own words, whole: what changed, how sure, what is behind it, what to look at first. */
export const NoticeView = ({ of, ...rest }: ViewProps) => {
  const { content } = of
  return (
    <div className={classes.notice}>
      <div className={classes.told}>
        <Told of={of} {...rest} />
        {content.sentences.map((sentence) => (
          <p key={sentence} className="measure">
            {sentence}
          </p>
        ))}
        <p className="measure">{content.how_sure}</p>
        <Figures of={content} />
        <Driver of={content} />
        <LookFirst of={content} />
        {content.caveats.length === 0 ? null : (
          <ul className={`small quiet measure ${classes.caveats}`}>
            {content.caveats.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </ul>
        )}
      </div>
      {content.chart === null || content.chart.weeks.length === 0 ? null : <NoticeChart chart={content.chart} />}
    </div>
  )
}

/** A further notice of an alert, in a line or two. */
export const NoticeLine = ({ of }: { of: Notice }) => (
  <li>
    <p>
      <span className="strong">{NOTICE_WORDS[of.notice]}</span> <span className="quiet">{formatDay(of.on)}</span>{' '}
      <bdi>{of.content.headline}</bdi>
    </p>
    {of.content.sentences.map((sentence) => (
      <p key={sentence} className="small measure">
        {sentence}
      </p>
    ))}
    <p className="small quiet">{saySent(of).replace(/^./, (letter) => letter.toUpperCase())}.</p>
  </li>
)
