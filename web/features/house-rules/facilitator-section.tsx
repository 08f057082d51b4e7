import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Account, Facilitator } from '../../../shared/contract/facilitator.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './house-rules.module.css'
import type { SectionProps } from './section.ts'
import { accountsQuery, facilitatorsQuery, pathOf } from './settings-queries.ts'

type Named = { source: string; actor_id: string }

const useNaming = (slug: string, onNamed: () => void) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ source, actor_id }: Named) => request<Facilitator>('PUT', pathOf(slug, 'facilitators'), { source, actor_id }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['community', slug] })
      onNamed()
    },
  })
}

const keyOf = ({ source, actor_id }: Named) => JSON.stringify([source, actor_id])
const nameOf = ({ source, actor_id, display_name }: Named & { display_name: string | null }) =>
  `${display_name ?? actor_id} (${source}: ${actor_id})`

const ChooseAccount = ({ slug }: { slug: string }) => {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Account | null>(null)
  const [asked] = useDebouncedValue(text.trim(), 200)
  const { data, error } = useQuery({ ...accountsQuery(slug, asked), placeholderData: keepPreviousData })
  const name = useNaming(slug, () => {
    setChosen(null)
    setText('')
  })
  // what was chosen stays among the choices while its own name stands in the field
  const found = asked === '' ? [] : (data ?? [])
  const choices = chosen === null || found.some((one) => keyOf(one) === keyOf(chosen)) ? found : [chosen, ...found]
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen !== null) name.mutate(chosen)
      }}
    >
      <div className={classes.fields}>
        <Select
          className={classes.wide}
          label="Name somebody"
          placeholder="A part of their name or id"
          searchable
          clearable
          // the server has looked already
          filter={({ options }) => options}
          data={choices.map((one) => ({ value: keyOf(one), label: nameOf(one), disabled: one.is_facilitator }))}
          value={chosen === null ? null : keyOf(chosen)}
          onChange={(key) => {
            setChosen(choices.find((one) => keyOf(one) === key) ?? null)
            name.reset()
          }}
          searchValue={text}
          onSearchChange={setText}
          nothingFoundMessage={
            asked === '' ? 'Type a part of a name or id' : data === undefined ? 'Looking …' : 'Nobody here has that name or id'
          }
        />
        <Button type="submit" loading={name.isPending} disabled={chosen === null}>
          Name as facilitator
        </Button>
      </div>
      <Failure error={error ?? name.error} />
    </form>
  )
}

const GiveId = ({ slug }: { slug: string }) => {
  const [source, setSource] = useState('')
  const [actorId, setActorId] = useState('')
  const name = useNaming(slug, () => setActorId(''))
  return (
    <details className="no-print">
      <summary className={classes.summary}>By source and id</summary>
      <form
        className="stack-tight"
        onSubmit={(event) => {
          event.preventDefault()
          name.mutate({ source: source.trim(), actor_id: actorId.trim() })
        }}
      >
        <div className={classes.fields}>
          <TextInput
            label="Source"
            placeholder="forum"
            required
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <TextInput
            label="Id there"
            placeholder="ana"
            required
            value={actorId}
            onChange={(event) => setActorId(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={name.isPending}>
            Name by id
          </Button>
        </div>
        <Failure error={name.error} />
      </form>
    </details>
  )
}

const TakeBack = ({ slug, facilitator }: { slug: string; facilitator: Facilitator }) => {
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: () => request<void>('DELETE', pathOf(slug, 'facilitators', facilitator.id)),
    onSettled: () => client.invalidateQueries({ queryKey: ['community', slug] }),
  })
  return (
    <>
      <button
        type="button"
        className="plain-button no-print"
        aria-label={`Take back: ${nameOf(facilitator)}`}
        disabled={take.isPending}
        onClick={() => take.mutate()}
      >
        Take back
      </button>
      <Failure error={take.error} />
    </>
  )
}

const List = ({ slug }: { slug: string }) => {
  const { data, error, refetch } = useQuery(facilitatorsQuery(slug))
  if (data === undefined)
    return error ? <CardProblem what="The facilitators" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[96]} />
  return (
    <>
      {data.length === 0 ? (
        <p className="quiet">Nobody is named.</p>
      ) : (
        <ul className={classes.rows}>
          {data.map((one) => (
            <li key={one.id} className={`${classes.row} ${classes.person}`}>
              <span>
                <bdi className="strong">{one.display_name ?? one.actor_id}</bdi>{' '}
                <span className="quiet small">
                  {one.source}: <bdi>{one.actor_id}</bdi>
                </span>
              </span>
              <TakeBack slug={slug} facilitator={one} />
            </li>
          ))}
        </ul>
      )}
      <div className="no-print">
        <ChooseAccount slug={slug} />
      </div>
      <GiveId slug={slug} />
    </>
  )
}

/** Whose task it is to answer: with them and without them, helping can be told apart. */
export const FacilitatorSection = ({ slug, isManager }: SectionProps) => (
  <section className="card stack-tight" aria-labelledby="facilitators">
    <h2 className="title" id="facilitators">
      Facilitators
    </h2>
    <p className="measure">
      People whose task it is to start threads and to answer. What they do counts; beside it the Overview shows what the others do without
      them, and the verdict as it would be. Naming one account names the person, with all accounts known to be theirs.
    </p>
    {isManager ? (
      <List slug={slug} />
    ) : (
      <p className="quiet measure">Who is named is shown to the community’s manager and to administrators.</p>
    )}
  </section>
)
