import { Button, Checkbox, CopyButton, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyScope } from '../../../shared/contract/access.ts'
import { formatInstant, joinWords } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { type ApiKey, keysQuery } from '../../app/queries.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { CurlExample } from './curl-example.tsx'
import classes from './data.module.css'

const SCOPES: { value: KeyScope; label: string }[] = [
  { value: 'ingest', label: 'Send events' },
  { value: 'read', label: 'Read results' },
]
const keysPath = (slug: string) => `/api/v1/communities/${encodeURIComponent(slug)}/keys`

const NewKey = ({ slug, onMade }: { slug: string; onMade: (key: string) => void }) => {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<KeyScope[]>(['ingest'])
  const make = useMutation({
    mutationFn: () => request<{ key: string }>('POST', keysPath(slug), { name: name.trim(), scopes }),
    onSuccess: async (made) => {
      onMade(made.key)
      setName('')
      await client.invalidateQueries({ queryKey: keysQuery(slug).queryKey })
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
        <TextInput
          label="Name of a new key"
          placeholder="Forum export"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label="It may" value={scopes} onChange={(value) => setScopes(value as KeyScope[])}>
          <div className="row" style={{ minHeight: 36 }}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope.value} value={scope.value} label={scope.label} />
            ))}
          </div>
        </Checkbox.Group>
        <Button type="submit" loading={make.isPending} disabled={scopes.length === 0}>
          Make a key
        </Button>
      </div>
      <Failure error={make.error} />
    </form>
  )
}

const RevokeKey = ({ slug, apiKey }: { slug: string; apiKey: ApiKey }) => {
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => request<void>('DELETE', `${keysPath(slug)}/${encodeURIComponent(apiKey.id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery(slug).queryKey }),
  })
  return (
    <>
      <button type="button" className="plain-button" onClick={() => setAsking(true)} aria-label={`Revoke the key ${apiKey.name}`}>
        Revoke
      </button>
      <AreYouSure
        isOpen={isAsking}
        title="Revoke this key?"
        yes="Revoke"
        isPending={revoke.isPending}
        error={revoke.error}
        onYes={() => revoke.mutate()}
        onClose={() => setAsking(false)}
      >
        “<bdi>{apiKey.name}</bdi>” stops working at once. Whatever sends events with it is refused from then on; events already sent stay.
      </AreYouSure>
    </>
  )
}

/** The community's API keys; a new one is shown this once, with the command that uses it. */
export const KeyList = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(keysQuery(slug))
  const [made, setMade] = useState<string | null>(null)
  if (error && data === undefined) return <CardProblem what="The keys" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting heights={[200]} />
  return (
    <section className="card stack-tight" aria-labelledby="keys">
      <h2 className="title" id="keys">
        API keys
      </h2>
      <p className="measure">A key lets a program send this community’s events or read its results. It opens no other community.</p>
      {data.length === 0 ? (
        <p className="quiet">There is no key yet.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className="scroll-x" tabIndex={0} aria-label="API keys, as a table">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Looks like</th>
                <th scope="col">May</th>
                <th scope="col">Made</th>
                <th scope="col">Last used</th>
                <th scope="col">
                  <span className="visually-hidden">Revoke</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((key) => (
                <tr key={key.id}>
                  <td className={classes.wrap}>
                    <bdi>{key.name}</bdi>
                  </td>
                  <td>
                    <code>{key.hint}</code>
                  </td>
                  <td>{joinWords(key.scopes.map((scope) => (scope === 'ingest' ? 'send' : 'read')))}</td>
                  <td>{formatInstant(key.created_at, timeZone)}</td>
                  <td>{key.last_used_at === null ? <span className="quiet">never</span> : formatInstant(key.last_used_at, timeZone)}</td>
                  <td>
                    <RevokeKey slug={slug} apiKey={key} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {made === null ? null : (
        <div className={`${classes.shown} stack-tight`} role="status">
          <p className="strong">This is the key. It is shown this once: copy it now.</p>
          <p className={classes.key}>{made}</p>
          <CopyButton value={made}>
            {({ copied, copy }) => (
              <div>
                <Button onClick={copy}>{copied ? 'Copied' : 'Copy the key'}</Button>
              </div>
            )}
          </CopyButton>
        </div>
      )}
      <NewKey slug={slug} onMade={setMade} />
      <p className="strong">Send an event</p>
      <CurlExample {...(made === null ? {} : { apiKey: made })} />
    </section>
  )
}
