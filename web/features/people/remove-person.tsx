import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { request } from '../../app/api.ts'
import { type Person, peopleQuery } from '../../app/queries.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'

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
      <AreYouSure
        isOpen={isAsking}
        title="Remove this person?"
        yes="Remove"
        isPending={remove.isPending}
        error={remove.error}
        onYes={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        <bdi>{person.name}</bdi> ({person.email}) can no longer sign in. What is held about members of communities is not touched.
      </AreYouSure>
    </>
  )
}
