import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { request } from '../../app/api.ts'
import { type Person, peopleQuery } from '../../app/queries.ts'
import { Failure } from '../../ui/failure.tsx'

export const RemovePerson = ({ person }: { person: Person }) => {
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', `/api/v1/people/${encodeURIComponent(person.id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  })
  return (
    <>
      <button type="button" className="plain-button" onClick={() => setAsking(true)} aria-label={`Remove ${person.name}`}>
        Remove
      </button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title="Remove this person?" closeButtonProps={{ 'aria-label': 'Close' }}>
        <div className="stack-tight">
          <p style={{ overflowWrap: 'anywhere' }}>
            <bdi>{person.name}</bdi> ({person.email}) can no longer sign in. What is held about members of communities is not touched.
          </p>
          <Failure error={remove.error} />
          <div className="row">
            <Button loading={remove.isPending} onClick={() => remove.mutate()}>
              Remove
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              Keep
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
