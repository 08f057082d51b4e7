import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Bot } from '../../../shared/contract/bot.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import classes from './house-rules.module.css'
import { pathOf } from './settings-queries.ts'

/** Names a bot that was not found, by the id that its source gives it. */
export const NameBot = ({ slug, onNamed }: { slug: string; onNamed: (bot: Bot) => void }) => {
  const client = useQueryClient()
  const [source, setSource] = useState('')
  const [actorId, setActorId] = useState('')
  const name = useMutation({
    mutationFn: () => request<Bot>('PUT', pathOf(slug, 'bots'), { source: source.trim(), actor_id: actorId.trim(), ruling: true }),
    onSuccess: async (bot) => {
      setActorId('')
      onNamed(bot)
      await client.invalidateQueries({ queryKey: ['community', slug] })
    },
  })
  return (
    <details className="no-print">
      <summary className={classes.summary}>Name another account a bot</summary>
      <form
        className="stack-tight"
        onSubmit={(event) => {
          event.preventDefault()
          name.mutate()
        }}
      >
        <div className={classes.fields}>
          <TextInput
            label="Source"
            placeholder="chat"
            required
            maxLength={1000}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <TextInput
            label="Id of the account there"
            placeholder="B024BE7LH"
            required
            maxLength={1000}
            value={actorId}
            onChange={(event) => setActorId(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={name.isPending}>
            It is a bot
          </Button>
        </div>
        <Failure error={name.error} />
      </form>
    </details>
  )
}
