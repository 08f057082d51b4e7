import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addressKey, type Subscription } from '../../../shared/contract/report-subscription.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import classes from './report-settings.module.css'
import { subscriptionsPath } from './subscription-queries.ts'

const hasSaidNo = (error: Error | null): boolean => error instanceof ApiProblem && error.status === 409

/** Puts an address on the list; one that has unsubscribed only when the manager says that its reader wants it back. */
export const AddSubscription = ({ slug }: { slug: string }) => {
  const client = useQueryClient()
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const [isTried, setTried] = useState(false)
  const add = useMutation({
    mutationFn: (isAgain: boolean) =>
      request<Subscription>('POST', subscriptionsPath(slug), { address: address.trim(), name: name.trim() || null, is_again: isAgain }),
    onSuccess: async () => {
      setAddress('')
      setName('')
      setTried(false)
      await client.invalidateQueries({ queryKey: ['community', slug, 'subscriptions'] })
    },
  })
  const isGood = addressKey(address) !== null
  const saidNo = hasSaidNo(add.error)
  return (
    <form
      className="stack-tight no-print"
      noValidate
      aria-label="Put an address on the list"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (isGood) add.mutate(false)
      }}
    >
      <div className={classes.fields}>
        <TextInput
          className={classes.grow}
          type="text"
          inputMode="email"
          autoComplete="off"
          label="E-mail address"
          placeholder="ana@example.org"
          maxLength={320}
          value={address}
          error={isTried && !isGood ? 'Give one address, such as ana@example.org.' : null}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
            add.reset()
          }}
        />
        <TextInput
          className={classes.grow}
          label="Name, if you like"
          autoComplete="off"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" className={classes.go} loading={add.isPending && !saidNo}>
          Put on the list
        </Button>
      </div>
      {saidNo ? (
        <div role="alert" className="stack-tight">
          <p className="measure strong">{add.error?.message}</p>
          <div className="row">
            <Button variant="default" loading={add.isPending} onClick={() => add.mutate(true)}>
              They asked for it back
            </Button>
            <Button variant="default" onClick={() => add.reset()}>
              Leave them off
            </Button>
          </div>
        </div>
      ) : (
        <Failure error={add.error} />
      )}
    </form>
  )
}
