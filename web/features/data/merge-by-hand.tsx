import { Button, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Account } from '../../../shared/contract/facilitator.ts'
import { Failure } from '../../ui/failure.tsx'
import { accountsQuery } from '../house-rules/settings-queries.ts'
import { keyOf, type Said, shownName, useSaying } from './identity-queries.ts'
import classes from './identity-section.module.css'
import { SaidLine } from './said-line.tsx'

const ChooseAccount = ({
  slug,
  label,
  chosen,
  onChoose,
}: {
  slug: string
  label: string
  chosen: Account | null
  onChoose: (account: Account | null) => void
}) => {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 200)
  const { data, error } = useQuery({ ...accountsQuery(slug, asked), placeholderData: keepPreviousData })
  const found = asked === '' ? [] : (data ?? [])
  const choices = chosen === null || found.some((one) => keyOf([one]) === keyOf([chosen])) ? found : [chosen, ...found]
  return (
    <div>
      <Select
        label={label}
        placeholder="A part of the name or id"
        searchable
        clearable
        // the server has looked already
        filter={({ options }) => options}
        data={choices.map((one) => ({ value: keyOf([one]), label: `${shownName(one)} (${one.source}: ${one.actor_id})` }))}
        value={chosen === null ? null : keyOf([chosen])}
        onChange={(key) => onChoose(choices.find((one) => keyOf([one]) === key) ?? null)}
        searchValue={text}
        onSearchChange={setText}
        nothingFoundMessage={
          asked === '' ? 'Type a part of a name or id' : data === undefined ? 'Looking …' : 'No account here has that name or id'
        }
      />
      <Failure error={error} />
    </div>
  )
}

/** For accounts that are alike in nothing, and one person's all the same. */
export const MergeByHand = ({ slug }: { slug: string }) => {
  const [first, setFirst] = useState<Account | null>(null)
  const [second, setSecond] = useState<Account | null>(null)
  const [said, setSaid] = useState<Said | null>(null)
  const { mutate, isPending, error } = useSaying(slug, (merged) => {
    setSaid(merged)
    setFirst(null)
    setSecond(null)
  })
  const isSame = first !== null && second !== null && keyOf([first]) === keyOf([second])
  return (
    <details className="no-print">
      <summary className={classes.summary}>Say that two other accounts are one person’s</summary>
      <form
        className="stack-tight"
        onSubmit={(event) => {
          event.preventDefault()
          if (first !== null && second !== null) mutate({ say: 'merge', accounts: [first, second] })
        }}
      >
        <div className={classes.fields}>
          <ChooseAccount key={`first ${said === null}`} slug={slug} label="One account" chosen={first} onChoose={setFirst} />
          <ChooseAccount key={`second ${said === null}`} slug={slug} label="The other" chosen={second} onChoose={setSecond} />
        </div>
        <div className="row">
          <Button type="submit" loading={isPending} disabled={first === null || second === null || isSame}>
            Same person
          </Button>
          {isSame ? <span className="quiet">Both are the same account.</span> : null}
        </div>
        <Failure error={error} />
      </form>
      {said === null ? null : <SaidLine key={keyOf(said.accounts)} slug={slug} said={said} onUndone={() => setSaid(null)} />}
    </details>
  )
}
