import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import classes from './portfolio.module.css'
import { suggestSlug } from './suggest-slug.ts'

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
const listZones = (): string[] => [...new Set(['UTC', ownZone(), ...Intl.supportedValuesOf('timeZone')])]

export const NewCommunity = () => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string | null>(null)
  const [timeZone, setTimeZone] = useState(ownZone)
  const address = slug ?? suggestSlug(name)
  const create = useMutation({
    mutationFn: () => request<{ slug: string }>('POST', '/api/v1/communities', { slug: address, name: name.trim(), time_zone: timeZone }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['communities'] })
      await navigate({ to: '/c/$slug/import', params: { slug: address }, search: {} })
    },
  })
  return (
    <section className="card" aria-labelledby="new-community">
      <form
        className="stack-tight"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <h2 className="title" id="new-community">
          New community
        </h2>
        <div className={classes.form}>
          <TextInput label="Name" required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput
            label="Address"
            description="Lower-case letters, digits and hyphens; it stands in links"
            required
            maxLength={63}
            pattern="[a-z0-9]+(-[a-z0-9]+)*"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={address}
            onChange={(event) => setSlug(event.currentTarget.value)}
          />
          <NativeSelect
            label="Time zone"
            description="It decides what a day is"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={listZones()}
            value={timeZone}
            onChange={(event) => setTimeZone(event.currentTarget.value)}
          />
        </div>
        <Failure error={create.error} />
        <div>
          <Button type="submit" loading={create.isPending}>
            Make the community
          </Button>
        </div>
      </form>
    </section>
  )
}
