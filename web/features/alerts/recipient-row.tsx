import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertRecipient, AlertRecipientChange } from '../../../shared/contract/alert-recipient.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { Failure } from '../../ui/failure.tsx'
import { recipientsPath, recipientsQuery } from './recipient-queries.ts'
import classes from './recipients.module.css'
import { type RuleName, sayLast, sayOrigin, sayTold } from './say-recipient.ts'
import { type Choice, WayForm } from './way-form.tsx'

type Props = { slug: string; of: AlertRecipient; rules: readonly RuleName[]; timeZone: string }

const Remove = ({ slug, of }: Pick<Props, 'slug' | 'of'>) => {
  const client = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', recipientsPath(slug, of.id)),
    onSettled: () => client.invalidateQueries({ queryKey: recipientsQuery(slug).queryKey }),
  })
  return (
    <>
      <button type="button" className="plain-button" aria-label={`Remove ${of.address}`} onClick={() => setAsked(true)}>
        Remove
      </button>
      <AreYouSure
        isOpen={isAsked}
        title="Take it off the list?"
        yes="Remove"
        isPending={remove.isPending}
        error={remove.error}
        onYes={() => remove.mutate()}
        onClose={() => setAsked(false)}
      >
        <bdi>{of.address}</bdi> is told of no more alerts, and the links in mails that were sent open nothing any more.
      </AreYouSure>
    </>
  )
}

/** Sets it; where they themself wanted none, only when a manager says that they want it back. */
const Change = ({ slug, of, rules, onDone }: Omit<Props, 'timeZone'> & { onDone: () => void }) => {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (choice: Choice & { is_again?: boolean }) =>
      request<AlertRecipient>('PUT', recipientsPath(slug, of.id), { ...choice, version: of.version } satisfies AlertRecipientChange),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: recipientsQuery(slug).queryKey }),
  })
  const hasSaidNo = change.error instanceof ApiProblem && String(change.error.problem.type).endsWith('said-no')
  return (
    <WayForm
      label={`How ${of.address} is told`}
      question="How are they told?"
      start={of}
      rules={rules}
      save={hasSaidNo ? 'They asked for it back' : 'Save'}
      isPending={change.isPending}
      error={change.error}
      onSave={(choice) => change.mutate({ ...choice, is_again: hasSaidNo })}
      onCancel={onDone}
    />
  )
}

/** Somebody who is told: how, of what, whether it gets there, and what can be done about it. */
export const RecipientRow = ({ slug, of, rules, timeZone }: Props) => {
  const [isChanging, setChanging] = useState(false)
  const test = useMutation({ mutationFn: () => request<{ subject: string }>('POST', recipientsPath(slug, of.id, 'test')) })
  const last = sayLast(of, timeZone)
  return (
    <li className={classes.row}>
      <div className={classes.shown}>
        <div className={classes.what}>
          <p>
            {of.name === null ? null : (
              <>
                <bdi className="strong">{of.name}</bdi>{' '}
              </>
            )}
            <bdi className={of.name === null ? 'strong' : 'quiet'}>{of.address}</bdi>
            {of.is_me ? ' (you)' : ''}
          </p>
          <p className="measure">{sayTold(of, rules, timeZone)}</p>
          {last === null ? null : <p className={of.refusal === null ? 'small quiet' : 'measure strong'}>{last}</p>}
          {of.refusal === null || of.refusal.answer === '' ? null : (
            <p className="small quiet">
              It said: “<bdi>{of.refusal.answer}</bdi>”
            </p>
          )}
          <p className="small quiet">
            <bdi>{sayOrigin(of)}</bdi>
          </p>
          <p role="status" className="small quiet">
            {test.isSuccess ? `“${test.data.subject}” is on its way to this address.` : ''}
          </p>
          <Failure error={test.error} />
        </div>
        <div className={`${classes.does} no-print`}>
          {isChanging ? null : (
            <button
              type="button"
              className="plain-button"
              aria-label={`Change how ${of.address} is told`}
              onClick={() => setChanging(true)}
            >
              Change
            </button>
          )}
          {of.said_no_at === null ? (
            <button
              type="button"
              className="plain-button"
              aria-label={`Send a test to ${of.address}`}
              disabled={test.isPending}
              onClick={() => test.mutate()}
            >
              Send a test
            </button>
          ) : null}
          {of.role === null ? <Remove slug={slug} of={of} /> : null}
        </div>
      </div>
      {isChanging ? <Change slug={slug} of={of} rules={rules} onDone={() => setChanging(false)} /> : null}
    </li>
  )
}
