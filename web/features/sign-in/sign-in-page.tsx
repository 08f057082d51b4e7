import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, request } from '../../app/api.ts'
import { meQuery, signInOptionsQuery } from '../../app/queries.ts'
import { Failure } from '../../ui/failure.tsx'
import classes from './sign-in.module.css'

const route = getRouteApi('/sign-in')

/** Why a link did not work, in words; the code is the server's. */
const sayLinkProblem = (code: string): string =>
  /expired/i.test(code)
    ? 'This link has expired. Ask for a new one.'
    : 'This link has been used already, or it was cut short. A link works once: ask for a new one.'

/** Where to go after signing in: only a place of this site, never another's. */
const safeTarget = (to: string | undefined): string => (to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/')

const explain = (error: Error | null): Error | null =>
  error instanceof ApiProblem && (error.status === 401 || error.status === 400)
    ? new Error('The e-mail address and the password do not belong together. Check both, or come in by a link.')
    : error instanceof ApiProblem && error.status === 429
      ? new Error('Too many tries. Wait a minute and try again.')
      : error

export const SignInPage = () => {
  useDocumentTitle('Sign in · Barnraise')
  const { to, error: linkError } = route.useSearch()
  const router = useRouter()
  const client = useQueryClient()
  const { data: options } = useQuery(signInOptionsQuery)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => request<unknown>('POST', '/api/auth/sign-in/email', { email: email.trim(), password }),
    onSuccess: async () => {
      client.removeQueries({ queryKey: meQuery.queryKey })
      await router.navigate({ href: safeTarget(to), replace: true })
    },
  })
  const mail = useMutation({
    mutationFn: () => request<unknown>('POST', '/api/auth/sign-in/magic-link', { email: email.trim(), callbackURL: safeTarget(to) }),
  })
  return (
    <main className={classes.page}>
      <header className="stack-tight">
        <p className={classes.brand}>Barnraise</p>
        <h1 className="display">Is it a community, or a blog with subscribers?</h1>
        <p className="lead">
          Barnraise watches what the members of a community of practice do, and says, with evidence, whether they help each other.
        </p>
      </header>
      <form
        className="card stack-tight"
        aria-label="Sign in"
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <h2 className="title">Sign in</h2>
        {linkError === undefined ? null : <Failure error={new Error(sayLinkProblem(linkError))} />}
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Failure error={explain(signIn.error)} />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
        {options?.can_mail_link ? (
          <>
            <Button variant="default" loading={mail.isPending} disabled={!email.includes('@')} onClick={() => mail.mutate()}>
              Send me a link instead
            </Button>
            {mail.isSuccess ? <p role="status">If {email.trim()} belongs to somebody here, a link is on its way. It works once.</p> : null}
            <Failure error={explain(mail.error)} />
          </>
        ) : (
          <p className="small quiet">
            No password yet? The first link stands where the server was started; “npm run cli -- sign-in-link” makes another.
          </p>
        )}
      </form>
    </main>
  )
}
