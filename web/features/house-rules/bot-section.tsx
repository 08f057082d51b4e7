import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Bot } from '../../../shared/contract/bot.ts'
import { dayInZone, formatCount, formatDay } from '../../../shared/format.ts'
import { get, request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './bot-section.module.css'
import { NameBot } from './name-bot.tsx'
import type { SectionProps } from './section.ts'
import { pathOf } from './settings-queries.ts'

const botsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'bots'],
    queryFn: async ({ signal }) => (await get<{ bots: Bot[] }>(pathOf(slug, 'bots'), signal)).bots,
  })

const STATE_WORDS: Record<Bot['state'], { is: string; counts: string }> = {
  suspected: { is: 'May be a bot', counts: 'Counted until you say that it is one' },
  recognised: { is: 'Recognised as a bot', counts: 'Left out until you say that it is a person' },
  bot: { is: 'A bot', counts: 'Left out, as a manager said' },
  person: { is: 'A person', counts: 'Counted, as a manager said' },
  ordinary: { is: 'A person', counts: 'Counted' },
}

/** A name without anything to be seen in it stands nowhere. */
const shownName = ({ display_name, actor_id }: Bot): string =>
  display_name && /[\p{L}\p{N}\p{P}\p{S}]/u.test(display_name) ? display_name : actor_id

type Ruled = { bot: Bot; ruling: boolean | null }

const sayRuled = ({ bot, ruling }: Ruled): string => {
  if (ruling === null) return `What was said of ${shownName(bot)} is taken back.`
  return ruling
    ? `${shownName(bot)} is left out as a bot. The numbers follow by themselves.`
    : `${shownName(bot)} counts as a person. The numbers follow by themselves.`
}

const Ruling = ({ slug, bot, onRuled }: { slug: string; bot: Bot; onRuled: (ruled: Ruled) => void }) => {
  const client = useQueryClient()
  const rule = useMutation({
    mutationFn: (ruling: boolean | null) => request<Bot>('PUT', pathOf(slug, 'bots', bot.id), { ruling }),
    onSuccess: (_, ruling) => onRuled({ bot, ruling }),
    onSettled: () => client.invalidateQueries({ queryKey: ['community', slug] }),
  })
  const offers: [label: string, ruling: boolean | null][] =
    bot.state === 'bot' || bot.state === 'person'
      ? [['Undo', null]]
      : [
          ['It is a bot', true],
          ['It is a person', false],
        ]
  return (
    <>
      <div className={classes.offers}>
        {offers.map(([label, ruling]) => (
          <button
            key={label}
            type="button"
            className="plain-button no-print"
            aria-label={`${label}: ${shownName(bot)}`}
            disabled={rule.isPending}
            onClick={() => rule.mutate(ruling)}
          >
            {label}
          </button>
        ))}
      </div>
      <Failure error={rule.error} />
    </>
  )
}

const Row = ({ slug, bot, timeZone, onRuled }: { slug: string; bot: Bot; timeZone: string; onRuled: (ruled: Ruled) => void }) => (
  <tr>
    <th scope="row" className={classes.account}>
      <bdi className="strong">{shownName(bot)}</bdi>
      <br />
      <span className="quiet">
        {bot.source}: <bdi>{bot.actor_id}</bdi>
      </span>
    </th>
    <td className={classes.why}>
      {bot.reasons.length === 0 ? <span className="quiet">A manager named it.</span> : null}
      {bot.reasons.map((reason) => (
        <p key={reason.by}>{reason.sentence}</p>
      ))}
      {bot.other_accounts === 0 ? null : (
        <p className="quiet">
          It is said to be the same person as {formatCount(bot.other_accounts)} other {bot.other_accounts === 1 ? 'account' : 'accounts'}.
          Only this one is meant.
        </p>
      )}
    </td>
    <td className="number">{formatCount(bot.contributions)}</td>
    <td className="number">{formatCount(bot.recent_contributions)}</td>
    <td className={classes.day}>
      {bot.last_seen_at === null ? <span className="quiet">wrote nothing</span> : formatDay(dayInZone(bot.last_seen_at, timeZone))}
    </td>
    <td className={classes.state}>
      <span className="strong">{STATE_WORDS[bot.state].is}</span>
      <br />
      <span className="quiet">{STATE_WORDS[bot.state].counts}</span>
      <Ruling slug={slug} bot={bot} onRuled={onRuled} />
    </td>
  </tr>
)

/** Shown at once; more at a click, since a large community has hundreds. */
const MOST_SHOWN = 25

const List = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(botsQuery(slug))
  const [ruled, setRuled] = useState<Ruled | null>(null)
  const [isWhole, setWhole] = useState(false)
  if (data === undefined)
    return error ? <CardProblem what="The bots" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[160]} />
  const shown = isWhole ? data : data.slice(0, MOST_SHOWN)
  return (
    <>
      {data.length === 0 ? (
        <p className="quiet measure">No account looks like a bot: no source says so, and neither names nor habits do.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className="scroll-x" tabIndex={0} aria-label="Bots, as a table">
          <table className={`data-table ${classes.table}`}>
            <thead>
              <tr>
                <th scope="col">Account</th>
                <th scope="col">Why</th>
                <th scope="col" className="number">
                  Wrote in all
                </th>
                <th scope="col" className="number">
                  In 90 days
                </th>
                <th scope="col">Last</th>
                <th scope="col">What it is</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((bot) => (
                <Row key={bot.id} slug={slug} bot={bot} timeZone={timeZone} onRuled={setRuled} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {shown.length === data.length ? null : (
        <div className="no-print">
          <button type="button" className="plain-button" onClick={() => setWhole(true)}>
            Show all {formatCount(data.length)}
          </button>
        </div>
      )}
      <p role="status" className="quiet" style={{ overflowWrap: 'anywhere' }}>
        {ruled === null ? '' : <bdi>{sayRuled(ruled)}</bdi>}
      </p>
      <NameBot slug={slug} onNamed={(bot) => setRuled({ bot, ruling: true })} />
    </>
  )
}

/** Accounts that look like bots, each with its reason and the manager's word on it. */
export const BotSection = ({ slug, isManager, timeZone }: SectionProps) => (
  <section className="card stack-tight" aria-labelledby="bots">
    <h2 className="title" id="bots">
      Bots and feeds
    </h2>
    <p className="measure">
      Programs that post into the place make it look as if one voice held it. Those that are plain to see are left out of every number,
      those that only look like one are counted. A manager has the last word on each, and can take it back.{' '}
      <Link to="/c/$slug" params={{ slug }} search={{ view: 'with_bots' }}>
        See the verdict with bots counted
      </Link>
    </p>
    {isManager ? (
      <List slug={slug} timeZone={timeZone} />
    ) : (
      <p className="quiet measure">Which accounts these are is shown to the community’s manager and to administrators.</p>
    )}
  </section>
)
