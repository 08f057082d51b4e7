import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type MadeHook, MOST_HOOKS } from '../../../shared/contract/alert-hook.ts'
import { formatInstant } from '../../../shared/format.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { alertsQuery } from './alert-queries.ts'
import { HookForm } from './hook-form.tsx'
import { hooksQuery } from './hook-queries.ts'
import { HookRow } from './hook-row.tsx'
import { HowToVerify, ShownSecret } from './hook-secret.tsx'
import classes from './hooks.module.css'

const Hooks = ({ slug }: { slug: string }) => {
  const { data, error, refetch } = useQuery(hooksQuery(slug))
  const alerts = useQuery(alertsQuery(slug))
  const communities = useQuery(communitiesQuery)
  const [isAdding, setAdding] = useState(false)
  const [made, setMade] = useState<MadeHook | null>(null)
  if (data === undefined)
    return error ? <CardProblem what="Where alerts go" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[160]} />
  const rules = alerts.data?.rules ?? []
  const timeZone = communities.data?.find((one) => one.slug === slug)?.time_zone ?? 'UTC'
  const oldUntil = made?.old_secret_until ?? null
  return (
    <section className="card stack-tight" aria-labelledby="hooks">
      <h2 className="title" id="hooks">
        Where else are alerts told?
      </h2>
      <p className="measure">
        In the channel of a chat, or to a program of yours: each time somebody is told by mail, and with or without a mail server. Whoever
        reads the channel reads the alert; it names no member.
      </p>
      {data.hooks.length === 0 ? (
        <p className="quiet">They go nowhere else yet.</p>
      ) : (
        <ul className={classes.list}>
          {data.hooks.map((hook) => (
            <HookRow key={hook.hook_id} slug={slug} hook={hook} rules={rules} timeZone={timeZone} onSecret={setMade} />
          ))}
        </ul>
      )}
      {made?.secret && data.hooks.some(({ hook_id }) => hook_id === made.hook_id) ? (
        <ShownSecret secret={made.secret} label={made.label} oldUntil={oldUntil === null ? null : formatInstant(oldUntil, timeZone)} />
      ) : null}
      <div className="no-print stack-tight">
        {isAdding ? (
          <HookForm
            slug={slug}
            rules={rules}
            onDone={(added) => {
              setMade(added)
              setAdding(false)
            }}
            onCancel={() => setAdding(false)}
          />
        ) : data.hooks.length < MOST_HOOKS ? (
          <div>
            <Button variant="default" onClick={() => setAdding(true)}>
              Add a chat or a webhook
            </Button>
          </div>
        ) : (
          <p className="quiet">{`There are ${MOST_HOOKS} of them, as many as there may be.`}</p>
        )}
        {isAdding || data.hooks.some(({ kind }) => kind === 'webhook') ? <HowToVerify /> : null}
      </div>
    </section>
  )
}

/** Other ways out: signed webhooks and messages to a chat. For managers alone. */
export const HookSection = ({ slug, isManager }: { slug: string; isManager: boolean }) => (isManager ? <Hooks slug={slug} /> : null)
