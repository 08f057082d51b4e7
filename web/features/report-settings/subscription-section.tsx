import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sayCountOf, startSentence } from '../../../shared/format.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { Failure } from '../../ui/failure.tsx'
import { ShowMail } from '../mail/mail-preview.tsx'
import { reportsQuery } from '../report/report-queries.ts'
import { AddSubscription } from './add-subscription.tsx'
import { ForManagers } from './for-managers.tsx'
import classes from './report-settings.module.css'
import { reportMailQuery, subscriptionsQuery } from './subscription-queries.ts'
import { SubscriptionRow } from './subscription-row.tsx'

/** The last report as its mail; where none is made, the month that runs. */
const AsMail = ({ slug }: { slug: string }) => {
  const [isOpen, setOpen] = useState(false)
  const { data: list } = useQuery(reportsQuery(slug))
  const month = list?.reports[0]?.month ?? list?.running_month
  const { data, error } = useQuery({ ...reportMailQuery(slug, month ?? ''), enabled: isOpen && month !== undefined })
  return (
    <div className={`stack-tight no-print ${classes.apart}`}>
      <div>
        <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Put the mail away' : 'See it as a mail'}
        </Button>
      </div>
      {isOpen ? (
        data === undefined ? (
          error === null ? (
            <Waiting heights={[320]} />
          ) : (
            <Failure error={error} />
          )
        ) : (
          <>
            <p>
              Subject: <bdi className="strong">{data.subject}</bdi>
            </p>
            <ShowMail {...data} />
          </>
        )
      ) : null}
    </div>
  )
}

const List = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(subscriptionsQuery(slug))
  if (data === undefined)
    return error ? <CardProblem what="The list of readers" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[160]} />
  const { subscriptions } = data
  const count = subscriptions.filter(({ state }) => state !== 'unsubscribed').length
  return (
    <>
      <p className={count === 0 ? 'quiet measure' : 'measure'}>
        {count === 0
          ? 'Nobody gets it yet. Put the sponsor’s address on the list: no account is needed.'
          : `${startSentence(sayCountOf(count, 'address gets', 'addresses get'))} it.`}
      </p>
      {subscriptions.length === 0 ? null : (
        <ul className={classes.rows}>
          {subscriptions.map((one) => (
            <SubscriptionRow key={one.id} slug={slug} of={one} timeZone={timeZone} />
          ))}
        </ul>
      )}
      <AddSubscription slug={slug} />
      <AsMail slug={slug} />
    </>
  )
}

/** Who gets the report by mail. */
export const SubscriptionSection = ({ slug }: { slug: string }) => (
  <section className="card stack-tight" aria-labelledby="subscriptions">
    <h2 className="title" id="subscriptions">
      Who gets it by mail
    </h2>
    <p className="measure">
      Each mail holds the whole report, opens the page without signing in, and ends with one click. Who may see the community can also
      subscribe themself on the report’s page.
    </p>
    <ForManagers slug={slug} otherwise="Who gets it is seen by the community’s manager. You can subscribe yourself on the report’s page.">
      {(timeZone) => <List slug={slug} timeZone={timeZone} />}
    </ForManagers>
  </section>
)
