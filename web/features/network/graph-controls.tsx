import { Autocomplete, NativeSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import type { HelpGraph, HelpPerson } from './help-graph.ts'
import classes from './network.module.css'
import { timesOf } from './say-network.ts'

const LEAST = [1, 2, 3, 5, 10]
/** Names offered at a time. */
const OFFERED = 8

/** What a person is found by; two of one name stay apart by their pseudonyms. */
const offerOf = ({ name, pseudonym }: HelpPerson): string => (name === null ? pseudonym : `${name} · ${pseudonym}`)

/** People whose name or pseudonym holds the text: those who begin with it first. */
export const findPeople = (people: readonly HelpPerson[], text: string): HelpPerson[] => {
  const wanted = text.trim().toLocaleLowerCase('en')
  if (wanted === '') return []
  const placeIn = (person: HelpPerson) => {
    const [whole, digits] = [offerOf(person).toLocaleLowerCase('en'), person.pseudonym.replace(/^Member /, '')]
    return whole.startsWith(wanted) || digits.startsWith(wanted) ? 0 : whole.includes(wanted) ? 1 : 2
  }
  return [0, 1].flatMap((place) => people.filter((person) => placeIn(person) === place)).slice(0, OFFERED)
}

type Props = {
  graph: HelpGraph
  least: number
  most: number
  onLeast: (least: number) => void
  onSelect: (key: string) => void
  /** Null where the reader may not see names. */
  names: { areShown: boolean; onToggle: (areShown: boolean) => void } | null
}

/** Finds a person, leaves out what happened seldom, and shows names to those who may see them. */
export const GraphControls = ({ graph, least, most, onLeast, onSelect, names }: Props) => {
  const [text, setText] = useState('')
  const found = findPeople(graph.people, text)
  const keys = new Map(found.map((person) => [offerOf(person), person.key]))
  const choose = (key: string | undefined) => {
    if (key === undefined) return
    onSelect(key)
    setText('')
  }
  const steps = [...new Set([...LEAST.filter((n) => n === 1 || n <= most), least])].sort((a, b) => a - b)
  return (
    <div className={`${classes.controls} no-print`}>
      <Autocomplete
        className={classes.search}
        type="search"
        label={names?.areShown ? 'Find a person by name or pseudonym' : 'Find a person by pseudonym'}
        placeholder="Press / to search"
        value={text}
        onChange={setText}
        data={[...keys.keys()]}
        filter={({ options }) => options}
        onOptionSubmit={(offer) => choose(keys.get(offer))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found.length === 1) choose(found[0]?.key)
        }}
        // chosen by our own state: the box is empty again for the next
        selectFirstOptionOnChange
      />
      <NativeSelect
        label="Helped at least"
        value={String(least)}
        onChange={(event) => onLeast(Number(event.currentTarget.value))}
        data={steps.map((n) => ({ value: String(n), label: timesOf(n) }))}
      />
      {names === null ? null : (
        <Switch label="Show names" checked={names.areShown} onChange={(event) => names.onToggle(event.currentTarget.checked)} />
      )}
    </div>
  )
}
