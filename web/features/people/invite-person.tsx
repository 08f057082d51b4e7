import { Button, CopyButton, MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { invitationAnswerSchema, Role } from '../../../shared/contract/access.ts'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { formatInstant } from '../../../shared/format.ts'
import type { z } from 'zod'
import { request } from '../../app/api.ts'
import { peopleQuery } from '../../app/queries.ts'
import { Failure } from '../../ui/failure.tsx'

type Answer = z.infer<typeof invitationAnswerSchema>
const ROLE_WORDS: Record<Role, string> = {
  manager: 'Manager: keeps keys and imports of a community',
  sponsor: 'Sponsor: reads',
  viewer: 'Viewer: reads',
  administrator: 'Administrator: everything',
}

/** Invites somebody; the link is shown to hand over where it could not be mailed. */
export const InvitePerson = ({ communities }: { communities: CommunitySummary[] }) => {
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('manager')
  const [slugs, setSlugs] = useState<string[]>([])
  const isAdministrator = role === 'administrator'
  const invite = useMutation({
    mutationFn: () =>
      request<Answer>('POST', '/api/v1/invitations', { email: email.trim(), name: name.trim(), role, slugs: isAdministrator ? [] : slugs }),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  })
  return (
    <section className="card" aria-labelledby="invite">
      <form
        className="stack-tight"
        style={{ maxWidth: 480 }}
        onSubmit={(event) => {
          event.preventDefault()
          invite.mutate()
        }}
      >
        <h2 className="title" id="invite">
          Invite somebody
        </h2>
        <TextInput label="Name" required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput label="E-mail" type="email" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        <NativeSelect
          label="Role"
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
          data={Object.entries(ROLE_WORDS).map(([value, label]) => ({ value, label }))}
        />
        {isAdministrator ? null : (
          <MultiSelect
            label="Communities"
            placeholder={slugs.length === 0 ? 'Choose at least one' : undefined}
            searchable
            data={communities.map((c) => ({ value: c.slug, label: c.name }))}
            value={slugs}
            onChange={setSlugs}
          />
        )}
        <Failure error={invite.error} />
        <div>
          <Button type="submit" loading={invite.isPending} disabled={!isAdministrator && slugs.length === 0}>
            Invite
          </Button>
        </div>
        {invite.data === undefined ? null : (
          <div className="stack-tight" role="status" style={{ border: '1px solid var(--ink)', borderRadius: 6, padding: 16 }}>
            <p className="strong">
              {invite.data.is_mailed ? 'The invitation has been mailed.' : 'Hand this link over yourself; it is shown this once.'}
            </p>
            <p style={{ overflowWrap: 'anywhere' }}>{invite.data.link}</p>
            <p className="small quiet">
              It works once, until {formatInstant(invite.data.expires_at, Intl.DateTimeFormat().resolvedOptions().timeZone)} your time.
            </p>
            <CopyButton value={invite.data.link}>
              {({ copied, copy }) => (
                <div>
                  <Button variant="default" onClick={copy}>
                    {copied ? 'Copied' : 'Copy the link'}
                  </Button>
                </div>
              )}
            </CopyButton>
          </div>
        )}
      </form>
    </section>
  )
}
