import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type MadeWebhook, WEBHOOK_KINDS, WEBHOOK_TITLES, type WebhookKind } from '../../../shared/contract/webhook.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './webhook-section.module.css'
import { webhooksPath, webhooksQuery } from './webhook-queries.ts'
import { WebhookRow } from './webhook-row.tsx'
import { WebhookSteps } from './webhook-steps.tsx'

const NewWebhook = ({ slug, onMade }: { slug: string; onMade: (made: MadeWebhook) => void }) => {
  const client = useQueryClient()
  const [kind, setKind] = useState<WebhookKind>('discourse')
  const [name, setName] = useState('')
  const [source, setSource] = useState('')
  const make = useMutation({
    mutationFn: () =>
      request<MadeWebhook>('POST', webhooksPath(slug), {
        kind,
        name: name.trim() || WEBHOOK_TITLES[kind],
        ...(source.trim() === '' ? {} : { source: source.trim() }),
      }),
    onSuccess: async (made) => {
      onMade(made)
      setName('')
      setSource('')
      await client.invalidateQueries({ queryKey: webhooksQuery(slug).queryKey })
    },
  })
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      <div className={classes.form}>
        <Select
          label="A feed from"
          data={WEBHOOK_KINDS.map((value) => ({ value, label: WEBHOOK_TITLES[value] }))}
          allowDeselect={false}
          value={kind}
          onChange={(value) => setKind((value ?? 'discourse') as WebhookKind)}
        />
        <TextInput
          label="Name of the feed"
          placeholder={WEBHOOK_TITLES[kind]}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Source"
          description="Another name where it is a second forum"
          inputWrapperOrder={['label', 'input', 'description']}
          placeholder={kind}
          maxLength={200}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" className={classes.make} loading={make.isPending}>
          Make a feed
        </Button>
      </div>
      <Failure error={make.error} />
    </form>
  )
}

/** What the community's place sends as it happens, and whether it still does. */
export const WebhookSection = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(webhooksQuery(slug))
  const [made, setMade] = useState<MadeWebhook | null>(null)
  if (data === undefined)
    return error ? <CardProblem what="The live feeds" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[200]} />
  const shown = made !== null && data.some(({ id }) => id === made.id) ? made : null
  return (
    <section className="card stack-tight" aria-labelledby="feeds">
      <h2 className="title" id="feeds">
        Live feeds
      </h2>
      <p className="measure">
        Discourse and GitHub can send what happens as it happens. What was there before comes from an import; both know the same posts, so
        nothing counts twice.
      </p>
      {data.length === 0 ? (
        <p className="quiet">There is no feed yet.</p>
      ) : (
        <ul className={classes.rows}>
          {data.map((hook) => (
            <WebhookRow key={hook.id} slug={slug} hook={hook} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {shown === null ? null : <WebhookSteps hook={shown} />}
      <div className="no-print">
        <NewWebhook slug={slug} onMade={setMade} />
      </div>
    </section>
  )
}
