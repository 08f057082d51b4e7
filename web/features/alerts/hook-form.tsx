import { Button, Checkbox, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertRuleId, WatchedRule } from '../../../shared/contract/alert.ts'
import { ADDRESS_LENGTH, type Hook, type HookKind, LABEL_LENGTH, type MadeHook } from '../../../shared/contract/alert-hook.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import classes from './hooks.module.css'
import { hooksPath, hooksQuery } from './hook-queries.ts'

const KINDS: { value: HookKind; label: string; description: string }[] = [
  { value: 'slack', label: 'Message to a chat', description: 'Slack, Mattermost, Rocket.Chat or Discord: a few lines in a channel' },
  { value: 'webhook', label: 'Signed webhook', description: 'A program of yours: everything that was told, as JSON' },
]

type RuleNames = Pick<WatchedRule, 'rule' | 'title'>[]
type FormProps = { slug: string; rules: RuleNames; of?: Hook; onDone: (made: MadeHook | null) => void; onCancel: () => void }

/** What is wrong with the address, beside its field. */
const addressFault = (error: Error | null): string | null =>
  error instanceof ApiProblem && error.status === 422 && String(error.problem.type).endsWith('/bad-address') ? error.message : null

/** A hook to add, or to change; its address is not shown again, and stays where none is given. */
export const HookForm = ({ slug, rules, of, onDone, onCancel }: FormProps) => {
  const client = useQueryClient()
  const [kind, setKind] = useState<HookKind>(of?.kind ?? 'slack')
  const [label, setLabel] = useState(of?.label ?? '')
  const [address, setAddress] = useState('')
  const [isAll, setAll] = useState(of === undefined || of.rules === null)
  const [chosen, setChosen] = useState<AlertRuleId[]>(of?.rules ?? rules.map(({ rule }) => rule).filter((rule) => rule !== 'silent-feed'))
  const save = useMutation({
    mutationFn: async () => {
      const set = { label: label.trim(), rules: isAll ? null : chosen }
      if (of === undefined) return request<MadeHook>('POST', hooksPath(slug), { ...set, kind, address: address.trim() })
      const changed = { ...set, version: of.version, address: address.trim() || null, is_on: of.is_on }
      await request<Hook>('PUT', hooksPath(slug, of.hook_id), changed)
      return null
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: hooksQuery(slug).queryKey }),
  })
  const fault = addressFault(save.error)
  return (
    <form
      className={`stack-tight ${classes.form}`}
      aria-label={of === undefined ? 'A new way out' : `Change ${of.label}`}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      {of === undefined ? (
        <Radio.Group label="What goes out" value={kind} onChange={(value) => setKind(value as HookKind)}>
          <div className={classes.choices}>
            {KINDS.map(({ value, label: name, description }) => (
              <Radio key={value} value={value} label={name} description={description} />
            ))}
          </div>
        </Radio.Group>
      ) : null}
      <TextInput
        className={classes.field}
        label="Name"
        description="What it is to you, such as the channel or the program"
        placeholder={kind === 'slack' ? '#pumps-managers' : 'Our monitor'}
        required
        dir="auto"
        maxLength={LABEL_LENGTH}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <TextInput
        className={classes.field}
        label={of === undefined ? 'Address' : 'Another address'}
        description={
          of !== undefined
            ? `Leave it empty to keep the one at ${of.host}`
            : kind === 'slack'
              ? 'The address of an incoming webhook, as the chat gives it out. Of Discord, with /slack at its end. It is a secret and is not shown again.'
              : 'Where it is to be posted. It is not shown again.'
        }
        placeholder={kind === 'slack' ? 'https://hooks.slack.com/services/…' : 'https://…'}
        required={of === undefined}
        type="url"
        autoComplete="off"
        maxLength={ADDRESS_LENGTH}
        value={address}
        error={fault}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Radio.Group label="Which alerts" value={isAll ? 'all' : 'some'} onChange={(value) => setAll(value === 'all')}>
        <div className={classes.choices}>
          <Radio value="all" label="All, also those to come" />
          <Radio value="some" label="Only these" />
        </div>
      </Radio.Group>
      {isAll ? null : (
        <Checkbox.Group value={chosen} onChange={(value) => setChosen(value as AlertRuleId[])} aria-label="Alerts that go there">
          <div className={classes.rules}>
            {rules.map(({ rule, title }) => (
              <Checkbox key={rule} value={rule} label={title} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {fault === null ? <Failure error={save.error} /> : null}
      <div className="row">
        <Button type="submit" loading={save.isPending} disabled={!isAll && chosen.length === 0}>
          {of === undefined ? 'Add it' : 'Save'}
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
