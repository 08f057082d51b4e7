import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Me } from '../../../shared/contract/access.ts'
import { PASSWORD_MIN_LENGTH } from '../../../shared/contract/password-length.ts'
import { request } from '../../app/api.ts'
import { meQuery } from '../../app/queries.ts'
import { Failure } from '../../ui/failure.tsx'

/** An address that was made up for the first administrator, until a real one is given. */
const isPlaceholder = (email: string): boolean => email.endsWith('.invalid')

/** Name, address and password of one's own account; sends only what changed. */
export const AccountForm = ({ me, submit, onDone }: { me: Me; submit: string; onDone?: () => void }) => {
  const client = useQueryClient()
  const { user } = me
  const [name, setName] = useState(user.name)
  const [email, setEmail] = useState(isPlaceholder(user.email) ? '' : user.email)
  const [password, setPassword] = useState('')
  const [current, setCurrent] = useState('')
  const changesEmail = email.trim() !== '' && email.trim() !== user.email
  const needsCurrent = user.needs_current_password && (changesEmail || password !== '')
  const save = useMutation({
    mutationFn: () =>
      request<Me>('POST', '/api/v1/me', {
        ...(name.trim() !== user.name && name.trim() !== '' ? { name: name.trim() } : {}),
        ...(changesEmail ? { email: email.trim() } : {}),
        ...(password === '' ? {} : { new_password: password }),
        ...(needsCurrent ? { current_password: current } : {}),
      }),
    onSuccess: (saved) => {
      client.setQueryData(meQuery.queryKey, saved)
      setPassword('')
      setCurrent('')
      onDone?.()
    },
  })
  return (
    <form
      className="card stack-tight"
      style={{ maxWidth: 480 }}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <TextInput
        label="Name"
        autoComplete="name"
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username"
        required={isPlaceholder(user.email)}
        disabled={!me.is_administrator}
        description={me.is_administrator ? 'You sign in with it' : 'You sign in with it; an administrator can change it'}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={user.has_password ? 'New password' : 'Password'}
        description={`At least ${PASSWORD_MIN_LENGTH} characters${user.has_password ? '; leave it empty to keep yours' : ''}`}
        autoComplete="new-password"
        minLength={PASSWORD_MIN_LENGTH}
        maxLength={128}
        required={!user.has_password}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the new password' }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {needsCurrent ? (
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the current password' }}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      ) : null}
      <Failure error={save.error} />
      <div className="row">
        <Button type="submit" loading={save.isPending}>
          {submit}
        </Button>
        {save.isSuccess ? <span role="status">Saved.</span> : null}
      </div>
    </form>
  )
}
