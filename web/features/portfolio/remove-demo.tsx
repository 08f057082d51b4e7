import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { joinWords, sayCountOf } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'

/** Takes the demo communities away, after asking once. */
export const RemoveDemo = ({ names }: { names: string[] }) => {
  const [isAsking, setAsking] = useState(false)
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', '/api/v1/demo'),
    onSuccess: async () => {
      setAsking(false)
      await client.invalidateQueries({ queryKey: ['communities'] })
    },
  })
  return (
    <section className="row">
      <Button variant="default" onClick={() => setAsking(true)}>
        Remove the demo communities
      </Button>
      <span className="quiet small">They show what Barnraise does, and go without a trace.</span>
      <AreYouSure
        isOpen={isAsking}
        title="Remove the demo communities?"
        yes="Remove"
        isPending={remove.isPending}
        error={remove.error}
        onYes={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        {sayCountOf(names.length, 'community goes', 'communities go')} with all events:{' '}
        {joinWords(names.map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name)))}. Your own communities stay. They can be loaded
        again with <code>npm run cli -- demo load</code>.
      </AreYouSure>
    </section>
  )
}
