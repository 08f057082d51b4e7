import { NativeSelect } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Channels, FOUND_TYPES } from '../../../shared/contract/channel.ts'
import { formatCount, sayCountOf } from '../../../shared/format.ts'
import { get, request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { pathOf } from '../house-rules/settings-queries.ts'
import classes from './channel-section.module.css'

type Channel = Channels['channels'][number]
type FoundType = (typeof FOUND_TYPES)[number]

const channelsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'channels'],
    queryFn: ({ signal }) => get<Channels>(pathOf(slug, 'channels'), signal),
  })

/** Shown at once; all at a click. */
const MOST_SHOWN = 12

const TYPE_WORDS: Record<FoundType, string> = {
  question: 'questions',
  announcement: 'announcements',
  work: 'work',
  post: 'plain posts',
}
const AS_TEXT = 'what their text says'

const foundIn = (one: Channel): { word: string; count: number }[] =>
  (
    [
      [one.question_count, 'question', 'questions'],
      [one.announcement_count, 'announcement', 'announcements'],
      [one.work_count, 'work', 'work'],
      [one.post_count, 'post', 'posts'],
      [one.reply_count, 'reply', 'replies'],
    ] as const
  ).flatMap(([count, single, many]) => (count > 0 ? [{ count, word: count === 1 ? single : many }] : []))
const totalOf = (one: Channel): number => foundIn(one).reduce((sum, { count }) => sum + count, 0)
const isType = (value: string): value is FoundType => FOUND_TYPES.some((type) => type === value)

/** The mapping of a channel, chosen and saved at once. */
const Mapping = ({ slug, channel, isManager }: { slug: string; channel: Channel; isManager: boolean }) => {
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (finds: FoundType | null) =>
      request<Channels>('PUT', pathOf(slug, 'channels'), { source: channel.source, channel: channel.channel, finds }),
    onSuccess: (saved) => client.setQueryData(channelsQuery(slug).queryKey, saved),
  })
  if (!isManager) return <>{channel.finds === null ? AS_TEXT : TYPE_WORDS[channel.finds]}</>
  return (
    <>
      <NativeSelect
        aria-label={`Messages of ${channel.channel} in ${channel.source} are`}
        className={classes.select}
        value={(save.isPending ? save.variables : channel.finds) ?? ''}
        disabled={save.isPending}
        onChange={({ currentTarget: { value } }) => save.mutate(isType(value) ? value : null)}
        data={[{ value: '', label: AS_TEXT }, ...FOUND_TYPES.map((type) => ({ value: type, label: TYPE_WORDS[type] }))]}
      />
      <Failure error={save.error} />
      <span role="status" className="small quiet">
        {save.isSuccess ? 'Saved, for what comes from now on.' : ''}
      </span>
    </>
  )
}

const ChannelTable = ({ slug, channels, isManager }: { slug: string; channels: Channel[]; isManager: boolean }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
  <section className="scroll-x" tabIndex={0} aria-label="Channels, as a table">
    <table className={`data-table ${classes.channels}`}>
      <thead>
        <tr>
          <th scope="col">Channel</th>
          <th scope="col" className="number">
            Messages
          </th>
          <th scope="col" className="apart">
            Found to be
          </th>
          <th scope="col">A new thread there is</th>
        </tr>
      </thead>
      <tbody>
        {channels.map((one) => (
          <tr key={JSON.stringify([one.source, one.channel])}>
            <td className={classes.name}>
              <bdi>{one.channel}</bdi>
              <br />
              <span className="quiet">
                <bdi>{one.source}</bdi>
              </span>
            </td>
            <td className="number">
              {formatCount(totalOf(one))}
              <span className={classes.unit}>{totalOf(one) === 1 ? ' message' : ' messages'}</span>
            </td>
            <td className={`apart ${classes.found}`}>
              {totalOf(one) === 0 ? (
                <span className="quiet">none received yet</span>
              ) : (
                foundIn(one)
                  .map(({ word, count }) => `${formatCount(count)} ${word}`)
                  .join(', ')
              )}
            </td>
            <td className={classes.mapping}>
              {one.unsaid_count === 0 && one.finds === null && totalOf(one) > 0 ? (
                <span className="quiet">as the source says</span>
              ) : (
                <Mapping slug={slug} channel={one} isManager={isManager} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const RuleTable = ({ rules }: { rules: Channels['rules'] }) => (
  <details className={classes.rules}>
    <summary>By which rules were messages told apart?</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
    <section className="scroll-x" tabIndex={0} aria-label="Rules, as a table">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" className="number">
              Messages
            </th>
            <th scope="col" className="apart">
              What it looks for
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ rule, says, is_unsure, message_count }) => (
            <tr key={rule}>
              <td>
                <code>{rule}</code>
              </td>
              <td className="number">{formatCount(message_count)}</td>
              <td className={`apart ${classes.says}`}>
                {says ?? 'A rule of an earlier version.'}
                {is_unsure ? ' Wrong more often than others.' : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
    <p className="quiet measure">
      The first that fits decides. The words of each language, and how often the rules are right on posts labelled by hand, stand in
      docs/classify.md.
    </p>
  </details>
)

/** What the messages of each channel are: found by their text, or said by the community. */
export const ChannelSection = ({ slug, isManager }: { slug: string; isManager: boolean }) => {
  const { data, error, refetch } = useQuery(channelsQuery(slug))
  const [isWhole, setWhole] = useState(false)
  if (data === undefined)
    return error ? <CardProblem what="The channels" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[200]} />
  if (data.channels.length === 0 && data.rules.length === 0) return null
  const shown = isWhole ? data.channels : data.channels.slice(0, MOST_SHOWN)
  const left = data.channel_count - data.channels.length
  return (
    <section className="card stack-tight" aria-labelledby="channels">
      <h2 className="title" id="channels">
        What are the messages of a channel?
      </h2>
      <p className="measure">
        Most sources do not say whether a message asks, announces or hands in work. It is read by published rules, and then its text is
        dropped. Where you know better, say what opens a thread in a channel: your word comes before the text. Replies stay replies.
      </p>
      <p className="measure quiet">{data.note}</p>
      {shown.length === 0 ? (
        <p className="quiet">No message names a channel.</p>
      ) : (
        <ChannelTable slug={slug} channels={shown} isManager={isManager} />
      )}
      {shown.length < data.channels.length ? (
        <p>
          <button type="button" className="plain-button no-print" onClick={() => setWhole(true)}>
            Show all {formatCount(data.channels.length)} channels
          </button>
        </p>
      ) : left > 0 ? (
        <p className="quiet">{sayCountOf(left, 'more channel')}, with fewer messages.</p>
      ) : null}
      {data.rules.length > 0 ? <RuleTable rules={data.rules} /> : null}
    </section>
  )
}
