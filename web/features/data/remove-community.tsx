import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'

/** Removes a community with everything it holds; asks for its address, because it cannot be undone. */
export const RemoveCommunity = ({ slug, name }: { slug: string; name: string }) => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [isAsking, setAsking] = useState(false)
  const [typed, setTyped] = useState('')
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', `/api/v1/communities/${encodeURIComponent(slug)}`),
    onSuccess: async () => {
      await navigate({ to: '/', search: {} })
      await client.invalidateQueries({ queryKey: ['communities'] })
    },
  })
  return (
    <section className="row no-print">
      <Button variant="default" onClick={() => setAsking(true)}>
        Remove this community
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title="Remove this community?" closeButtonProps={{ 'aria-label': 'Close' }}>
        <form
          className="stack-tight"
          onSubmit={(event) => {
            event.preventDefault()
            remove.mutate()
          }}
        >
          <p style={{ overflowWrap: 'anywhere' }}>
            <bdi>{name.slice(0, 120)}</bdi> goes with all its events, results, keys and imports. This cannot be undone.
          </p>
          <TextInput label={`Type its address to go on: ${slug}`} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          <Failure error={remove.error} />
          <div className="row">
            <Button type="submit" loading={remove.isPending} disabled={typed !== slug}>
              Remove
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              Keep
            </Button>
          </div>
        </form>
      </Modal>
    </section>
  )
}
