import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MAIL_STATES, type MailState } from '../../../shared/contract/mail.ts'
import { formatCount } from '../../../shared/format.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { MailRow } from './mail-row.tsx'
import { mailsQuery, type Whose } from './mail-queries.ts'
import classes from './mail.module.css'
import { NoMailServer } from './no-mail-server.tsx'
import { STATE_NAMES } from './say-mail.ts'

type Filter = MailState | null

const Filters = ({
  counts,
  chosen,
  onChoose,
}: {
  counts: Partial<Record<MailState, number>>
  chosen: Filter
  onChoose: (state: Filter) => void
}) => {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const shown = MAIL_STATES.filter((state) => counts[state] || state === chosen)
  if (shown.length < 2) return null
  const filter = (state: Filter, name: string, count: number) => (
    <button key={name} type="button" className={classes.filter} aria-pressed={chosen === state} onClick={() => onChoose(state)}>
      {name} <span className={classes.count}>{formatCount(count)}</span>
    </button>
  )
  return (
    <fieldset className={classes.filters}>
      <legend className="visually-hidden">Which mail</legend>
      {filter(null, 'All', all)}
      {shown.map((state) => filter(state, STATE_NAMES[state], counts[state] ?? 0))}
    </fieldset>
  )
}

/** The mail of a community, or with null all of it. `empty`: what is said where there is none yet. */
export const MailList = ({ whose, timeZone, empty }: { whose: Whose; timeZone: string; empty: string }) => {
  const [state, setState] = useState<Filter>(null)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError } = useInfiniteQuery({
    ...mailsQuery(whose, state),
    // while another filter is fetched, what stood there stays
    placeholderData: (before) => before,
  })
  const first = data?.pages[0]
  if (data === undefined || first === undefined)
    return error ? <CardProblem what="The mail" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[120]} />
  const mails = data.pages.flatMap((page) => page.mails)
  return (
    <div className="stack-tight">
      {first.has_server ? null : <NoMailServer tryDays={first.try_days} />}
      <Filters counts={first.counts} chosen={state} onChoose={setState} />
      {mails.length === 0 ? (
        <p className="quiet measure">{state === null ? empty : 'There is no such mail now.'}</p>
      ) : (
        <ul className={classes.rows}>
          {mails.map((mail) => (
            <MailRow key={mail.mail_id} whose={whose} mail={mail} timeZone={timeZone} hasServer={first.has_server} />
          ))}
        </ul>
      )}
      {isFetchNextPageError ? <Failure error={error} /> : null}
      {hasNextPage ? (
        <div className="no-print">
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older mail
          </Button>
        </div>
      ) : null}
      {mails.length === 0 ? null : (
        <p className="quiet small measure">The text of a mail is kept for {first.text_days} days after its end; that it was sent stays.</p>
      )}
    </div>
  )
}
