import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AlertRecipient, AlertRecipients } from '../../../shared/contract/alert-recipient.ts'
import { addressKey } from '../../../shared/contract/report-subscription.ts'
import { sayCountOf } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { AddRecipient } from './add-recipient.tsx'
import { alertsQuery } from './alert-queries.ts'
import { recipientsPath, recipientsQuery } from './recipient-queries.ts'
import { RecipientRow } from './recipient-row.tsx'
import classes from './recipients.module.css'
import { type RuleName, sayTold } from './say-recipient.ts'
import { type Choice, WayForm } from './way-form.tsx'

/** How I am told: each person for themself. */
const Me = ({ slug, me, rules, timeZone }: { slug: string; me: AlertRecipient; rules: readonly RuleName[]; timeZone: string }) => {
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const change = useMutation({
    mutationFn: (choice: Choice) => request<AlertRecipient>('PUT', recipientsPath(slug, 'me'), { ...choice, version: me.version }),
    onSuccess: () => setOpen(false),
    onSettled: () => client.invalidateQueries({ queryKey: recipientsQuery(slug).queryKey }),
  })
  if (isOpen)
    return (
      <WayForm
        key={me.version}
        label="How you are told"
        question="How are you to be told?"
        start={me}
        rules={rules}
        save="Save"
        isPending={change.isPending}
        error={change.error}
        onSave={(choice) => change.mutate(choice)}
        onCancel={() => setOpen(false)}
      />
    )
  if (addressKey(me.address) === null)
    return (
      <p style={{ overflowWrap: 'anywhere' }}>
        Nothing can be sent to you: no mail goes to <bdi>{me.address}</bdi>. <Link to="/account">Set your address</Link>, and you are told
        as your role has it.
      </p>
    )
  return (
    <p style={{ overflowWrap: 'anywhere' }}>
      You, at <bdi>{me.address}</bdi>: {me.how === 'none' ? 'nothing by mail.' : sayTold(me, rules, timeZone)}{' '}
      <button type="button" className="plain-button no-print" aria-label="Change how you are told" onClick={() => setOpen(true)}>
        Change
      </button>
    </p>
  )
}

const List = ({ slug, data, rules, timeZone }: { slug: string; data: AlertRecipients; rules: readonly RuleName[]; timeZone: string }) => {
  const told = data.recipients.filter(({ how }) => how !== 'none').length
  return (
    <>
      <p className="measure">
        {told === 0
          ? 'Nobody is told by mail. What is noticed stands on this page.'
          : `Mail goes to ${sayCountOf(told, 'address', 'addresses')}.`}
      </p>
      {data.recipients.length === 0 ? null : (
        <ul className={classes.rows}>
          {data.recipients.map((one) => (
            <RecipientRow key={one.id} slug={slug} of={one} rules={rules} timeZone={timeZone} />
          ))}
        </ul>
      )}
      <AddRecipient slug={slug} rules={rules} isFull={data.recipients.filter(({ role }) => role === null).length >= data.limit} />
    </>
  )
}

/** Who is told, how, and of what. */
export const RecipientSection = ({ slug, isManager }: { slug: string; isManager: boolean }) => {
  const { data, error, refetch } = useQuery(recipientsQuery(slug))
  const alerts = useQuery(alertsQuery(slug))
  const communities = useQuery(communitiesQuery)
  const community = communities.data?.find((one) => one.slug === slug)
  const timeZone = community?.time_zone ?? 'UTC'
  const rules = alerts.data?.rules ?? []
  return (
    <section className="card stack-tight" aria-labelledby="recipients">
      <h2 className="title" id="recipients">
        Who is told by mail?
      </h2>
      <p className="measure">
        {community?.is_demo
          ? 'This is a demonstration: without a manager nobody is told of it who has not asked.'
          : 'Managers are, unless they chose otherwise; where there is none, administrators; of a feed that has gone silent, administrators.'}{' '}
        A weekly digest comes on Monday, when it is seven in the morning in all communities it is of.
      </p>
      {data === undefined ? (
        error ? (
          <CardProblem what="Who is told" error={error} onRetry={() => void refetch()} />
        ) : (
          <Waiting heights={[80]} />
        )
      ) : (
        <>
          {data.me === null ? null : <Me slug={slug} me={data.me} rules={rules} timeZone={timeZone} />}
          {isManager ? <List slug={slug} data={data} rules={rules} timeZone={timeZone} /> : null}
        </>
      )}
    </section>
  )
}
