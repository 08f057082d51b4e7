import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Contact, ContactAnswer } from '../../../shared/contract/ask.ts'
import { countOf, formatCount } from '../../../shared/format.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { askPath, contactsQuery, useAskChange } from './ask-queries.ts'
import classes from './ask.module.css'

const Outcome = ({ of }: { of: ContactAnswer }) => (
  <div className="stack-tight" role="status">
    <p>
      {countOf(of.added, 'address', 'addresses')} taken
      {of.same > 0 ? `, ${formatCount(of.same)} known already` : ''}
      {of.left_out_count > 0 ? `, ${countOf(of.left_out_count, 'line')} left out:` : '.'}
    </p>
    {of.left_out.length === 0 ? null : (
      <ul className={classes.rules}>
        {of.left_out.map((one) => (
          <li key={one.line}>
            Line {one.line}, <bdi>{one.text}</bdi>: {one.reason}
          </li>
        ))}
      </ul>
    )}
  </div>
)

const GiveContacts = ({ slug }: { slug: string }) => {
  const [text, setText] = useState('')
  const give = useAskChange<string, ContactAnswer>(slug, {
    method: 'PUT',
    path: () => askPath(slug, 'contacts'),
    body: (given) => ({ text: given }),
  })
  return (
    <form
      className="stack-tight no-print"
      onSubmit={(event) => {
        event.preventDefault()
        give.mutate(text, { onSuccess: (answer) => answer.left_out_count === 0 && setText('') })
      }}
    >
      <Textarea
        label="Addresses"
        description="A line for each person: the address alone, or the id and the address, or source, id and address. CSV can be pasted as it is."
        placeholder={'ana@example.org\nu17, ben@example.org\nforum, u18, cleo@example.org'}
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="default" loading={give.isPending} disabled={text.trim() === ''}>
          Take these addresses
        </Button>
      </div>
      <Failure error={give.error} />
      {give.data === undefined ? null : <Outcome of={give.data} />}
    </form>
  )
}

const ContactRow = ({ slug, contact }: { slug: string; contact: Contact }) => {
  const forget = useAskChange<void>(slug, { method: 'DELETE', path: () => askPath(slug, 'contacts', contact.id) })
  return (
    <li className={`${classes.row} ${classes.between}`}>
      <span>
        <bdi className="strong">{contact.display_name ?? contact.actor_id}</bdi>{' '}
        <span className="quiet small">
          <bdi>{contact.address}</bdi> · {contact.source}: <bdi>{contact.actor_id}</bdi>
        </span>
      </span>
      <button
        type="button"
        className="plain-button no-print"
        disabled={forget.isPending}
        onClick={() => forget.mutate()}
        aria-label={`Forget the address of ${contact.display_name ?? contact.actor_id}`}
      >
        Forget
      </button>
      <Failure error={forget.error} />
    </li>
  )
}

const ForgetAll = ({ slug, count }: { slug: string; count: number }) => {
  const [isAsking, setAsking] = useState(false)
  const forget = useAskChange<void>(slug, { method: 'DELETE', path: () => askPath(slug, 'contacts') })
  return (
    <>
      <button type="button" className="plain-button no-print" onClick={() => setAsking(true)}>
        Forget all addresses
      </button>
      <AreYouSure
        isOpen={isAsking}
        title="Forget all addresses?"
        yes="Forget them"
        no="Keep them"
        isPending={forget.isPending}
        error={forget.error}
        onYes={() => forget.mutate(undefined, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {countOf(count, 'address is', 'addresses are')} deleted. What was asked and answered stays.
      </AreYouSure>
    </>
  )
}

const List = ({ slug }: { slug: string }) => {
  const { data, error, refetch } = useQuery(contactsQuery(slug))
  if (data === undefined)
    return error ? <CardProblem what="The addresses" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[64]} />
  return (
    <>
      <ul className={classes.rows}>
        {data.contacts.map((contact) => (
          <ContactRow key={contact.id} slug={slug} contact={contact} />
        ))}
      </ul>
      {data.total > data.contacts.length ? (
        <p className="quiet small">
          The first {formatCount(data.contacts.length)} of {formatCount(data.total)}.
        </p>
      ) : null}
      <div>
        <ForgetAll slug={slug} count={data.total} />
      </div>
    </>
  )
}

/** Addresses that managers give, for asking alone. */
export const ContactSection = ({ slug, count }: { slug: string; count: number }) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="card stack-tight" aria-labelledby="contacts">
      <h2 className="title" id="contacts">
        Addresses for asking
      </h2>
      <p className="measure">
        {count === 0 ? 'None is known.' : `${countOf(count, 'account has', 'accounts have')} an address.`} They are used for this and
        nothing else, shown to the community’s managers alone, and gone as soon as somebody does not want to be asked. Give only those of
        people who may expect a mail from you.
      </p>
      <GiveContacts slug={slug} />
      {count === 0 ? null : (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className={classes.summary}>The addresses</summary>
          {isOpen ? <List slug={slug} /> : null}
        </details>
      )}
    </section>
  )
}
