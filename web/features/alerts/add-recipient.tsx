import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertRecipient, AlertRecipientInput } from '../../../shared/contract/alert-recipient.ts'
import { addressKey } from '../../../shared/contract/report-subscription.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { recipientsPath, recipientsQuery } from './recipient-queries.ts'
import classes from './recipients.module.css'
import type { RuleName } from './say-recipient.ts'
import { type Choice, WayForm } from './way-form.tsx'

const Adding = ({ slug, rules, onDone }: { slug: string; rules: readonly RuleName[]; onDone: () => void }) => {
  const client = useQueryClient()
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const [isTried, setTried] = useState(false)
  const add = useMutation({
    mutationFn: (choice: Choice & { is_again: boolean }) =>
      request<AlertRecipient>('POST', recipientsPath(slug), {
        ...choice,
        how: choice.how === 'digest' ? 'digest' : 'each',
        address: address.trim(),
        name: name.trim() || null,
      } satisfies AlertRecipientInput),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: recipientsQuery(slug).queryKey }),
  })
  const isGood = addressKey(address) !== null
  const hasSaidNo = add.error instanceof ApiProblem && String(add.error.problem.type).endsWith('said-no')
  return (
    <WayForm
      label="Tell another address"
      question="How are they told?"
      // what is a fault of the feed is for who runs the server
      start={{ how: 'each', rules: rules.map(({ rule }) => rule).filter((rule) => rule !== 'silent-feed') }}
      rules={rules}
      isNew
      save={hasSaidNo ? 'They asked for it back' : 'Put on the list'}
      isPending={add.isPending}
      error={add.error}
      onSave={(choice) => {
        setTried(true)
        if (isGood) add.mutate({ ...choice, is_again: hasSaidNo })
      }}
      onCancel={onDone}
    >
      <div className={classes.fields}>
        <TextInput
          type="text"
          inputMode="email"
          autoComplete="off"
          label="E-mail address"
          placeholder="ana@example.org"
          maxLength={320}
          value={address}
          data-autofocus
          error={isTried && !isGood ? 'Give one address, such as ana@example.org.' : null}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
            add.reset()
          }}
        />
        <TextInput
          label="Name, if you like"
          autoComplete="off"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
    </WayForm>
  )
}

/** Puts somebody without an account on the list. */
export const AddRecipient = ({ slug, rules, isFull }: { slug: string; rules: readonly RuleName[]; isFull: boolean }) => {
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <Adding slug={slug} rules={rules} onDone={() => setOpen(false)} />
  return (
    <div className="no-print">
      <Button variant="default" disabled={isFull} onClick={() => setOpen(true)}>
        Tell another address
      </Button>
    </div>
  )
}
