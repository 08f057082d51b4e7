import { Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { WatchedRule } from '../../../shared/contract/alert.ts'
import { HOOK_TITLES, type Hook, type MadeHook } from '../../../shared/contract/alert-hook.ts'
import { formatInstant, joinWords } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { Failure } from '../../ui/failure.tsx'
import { HookForm } from './hook-form.tsx'
import { hooksPath, hooksQuery } from './hook-queries.ts'
import classes from './hooks.module.css'
import { sayHook } from './say-hook.ts'

type RowProps = {
  slug: string
  hook: Hook
  rules: Pick<WatchedRule, 'rule' | 'title'>[]
  timeZone: string
  onSecret: (made: MadeHook) => void
}

type Asked = 'remove' | 'secret'
const ASK: Record<Asked, { title: string; yes: string; why: string }> = {
  remove: { title: 'Remove this way out?', yes: 'Remove', why: 'Nothing more goes there, nor what waits to be sent.' },
  secret: {
    title: 'Give it another secret?',
    yes: 'Make another secret',
    why: 'It is shown once. The one of now signs as well for 24 hours, so that the receiver can be changed without losing anything.',
  },
}

/** Where alerts go, whether they arrive, and what can be done about it. */
export const HookRow = ({ slug, hook, rules, timeZone, onSecret }: RowProps) => {
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [isChanging, setChanging] = useState(false)
  const { hook_id: id, version, label } = hook
  const onSettled = () => client.invalidateQueries({ queryKey: hooksQuery(slug).queryKey })
  const test = useMutation({ mutationFn: () => request<Hook>('POST', hooksPath(slug, id, 'test')), onSettled })
  const turn = useMutation({
    mutationFn: () => request<Hook>('PUT', hooksPath(slug, id), { version, label, address: null, rules: hook.rules, is_on: !hook.is_on }),
    onSettled,
  })
  const act = useMutation({
    mutationFn: async (what: Asked) => {
      if (what === 'remove') return request<void>('DELETE', `${hooksPath(slug, id)}?version=${version}`)
      onSecret(await request<MadeHook>('POST', hooksPath(slug, id, 'secret'), { version }))
    },
    onSuccess: () => setAsked(null),
    onSettled,
  })
  const state = sayHook(hook, timeZone)
  const titles = hook.rules?.map((rule) => rules.find((one) => one.rule === rule)?.title ?? rule)
  const press = (words: string, onClick: () => void) => (
    <button type="button" className="plain-button" onClick={onClick} aria-label={`${words}: ${label}`}>
      {words}
    </button>
  )
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <p>
          <bdi className="strong">{label}</bdi>{' '}
          <span className="quiet small">
            {HOOK_TITLES[hook.kind]}, <bdi>{hook.host}</bdi>
          </span>
        </p>
        <Switch
          className="no-print"
          aria-label={`Alerts to ${label}`}
          label={hook.is_on ? 'On' : 'Off'}
          labelPosition="left"
          checked={hook.is_on}
          disabled={turn.isPending}
          onChange={() => turn.mutate()}
        />
      </div>
      <p className={state.isBad ? 'strong measure' : 'measure'}>{state.text}</p>
      <p className="quiet small measure">
        {titles === undefined ? 'All alerts.' : `Only: ${joinWords(titles)}.`}
        {hook.old_secret_until === null ? '' : ` The secret before signs as well until ${formatInstant(hook.old_secret_until, timeZone)}.`}
      </p>
      {isChanging ? (
        <HookForm slug={slug} rules={rules} of={hook} onDone={() => setChanging(false)} onCancel={() => setChanging(false)} />
      ) : (
        <div className="row no-print">
          {hook.is_on ? press('Send a test', () => test.mutate()) : null}
          {press('Change', () => setChanging(true))}
          {hook.kind === 'webhook' ? press('Another secret', () => setAsked('secret')) : null}
          {press('Remove', () => setAsked('remove'))}
        </div>
      )}
      <Failure error={test.error ?? turn.error} />
      <AreYouSure
        isOpen={asked !== null}
        title={asked === null ? '' : ASK[asked].title}
        yes={asked === null ? '' : ASK[asked].yes}
        isPending={act.isPending}
        error={act.error}
        onYes={() => asked !== null && act.mutate(asked)}
        onClose={() => setAsked(null)}
      >
        “<bdi>{label}</bdi>” at <bdi>{hook.host}</bdi>. {asked === null ? '' : ASK[asked].why}
      </AreYouSure>
    </li>
  )
}
