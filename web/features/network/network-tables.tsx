import { useMemo } from 'react'
import { formatCount } from '../../../shared/format.ts'
import type { HelpGraph, HelpPerson } from './help-graph.ts'
import classes from './network.module.css'
import { SortedTable, type SortedColumn } from './sorted-table.tsx'
import { useNetworkSearch } from './use-network-search.ts'

const BOTH_WAYS = { gave: 'no', received: 'no', both: 'yes' } as const

/** A person's name as a way to their place in the drawing. */
export const PersonButton = ({ person, onSelect }: { person: HelpPerson; onSelect: (key: string) => void }) => (
  <button type="button" className={`plain-button ${classes.person}`} title={person.label} onClick={() => onSelect(person.key)}>
    <bdi>{person.label}</bdi>
  </button>
)

const count = (title: string, id: string, read: (person: HelpPerson) => number): SortedColumn<HelpPerson> => ({
  id,
  title,
  isNumber: true,
  read,
  show: (person) => formatCount(read(person)),
})

/** Who gave and received help, in the order of names that say nothing: it is no ranking. */
export const PeopleTable = ({ graph, fileName, onSelect }: { graph: HelpGraph; fileName: string; onSelect: (key: string) => void }) => {
  const { search, change } = useNetworkSearch()
  const rows = useMemo(() => graph.people.filter(({ helped, helpedBy }) => helped.length + helpedBy.length > 0), [graph])
  const columns = useMemo(
    (): SortedColumn<HelpPerson>[] => [
      {
        id: 'person',
        title: 'Person',
        read: ({ label }) => label,
        show: (person) => <PersonButton person={person} onSelect={onSelect} />,
      },
      ...(rows.some(({ name }) => name !== null)
        ? [{ id: 'pseudonym', title: 'Pseudonym', read: ({ pseudonym }: HelpPerson) => pseudonym }]
        : []),
      count('Gave', 'gave', ({ gave }) => gave),
      count('Received', 'received', ({ received }) => received),
      { id: 'both', title: 'Both?', read: ({ role }) => BOTH_WAYS[role], show: ({ role }) => BOTH_WAYS[role] },
      { id: 'helped', title: 'People helped', read: ({ helped }) => helped.length },
      count('Helped by', 'by', ({ helpedBy }) => helpedBy.length),
    ],
    [rows, onSelect],
  )
  return (
    <section className="card stack-tight" aria-labelledby="people-heading" id="people">
      <h3 className={classes.heading} id="people-heading">
        Who took part?
      </h3>
      <p className="small quiet measure">
        Questions helped with, help received, whether both, and by how many people helped. In alphabetical order, which says nothing of a
        person: this is no ranking, and helping less is no failing.
      </p>
      <SortedTable
        caption="Who gave and received help"
        columns={columns}
        rows={rows}
        keyOf={({ key }) => key}
        sort={search.people}
        usual="person"
        onSort={(people) => change({ people })}
        fileName={`${fileName}-people`}
      />
    </section>
  )
}

type Pair = { from: HelpPerson; to: HelpPerson; count: number; back: number }

/** In the order of people, which is that of their pseudonyms. */
const listPairs = ({ people, ties }: HelpGraph): Pair[] => {
  const keyOf = (from: number, to: number) => from * people.length + to
  const counts = new Map(ties.map(({ from, to, count }) => [keyOf(from, to), count]))
  return ties
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
    .map(({ from, to, count }) => ({
      from: people[from] as HelpPerson,
      to: people[to] as HelpPerson,
      count,
      back: counts.get(keyOf(to, from)) ?? 0,
    }))
}

/** Who helped whom, pair by pair. */
export const PairTable = ({ graph, fileName, onSelect }: { graph: HelpGraph; fileName: string; onSelect: (key: string) => void }) => {
  const { search, change } = useNetworkSearch()
  const rows = useMemo(() => listPairs(graph), [graph])
  const columns = useMemo(
    (): SortedColumn<Pair>[] => [
      {
        id: 'helper',
        title: 'Helper',
        read: ({ from }) => from.label,
        show: ({ from }) => <PersonButton person={from} onSelect={onSelect} />,
      },
      { id: 'helped', title: 'Helped', read: ({ to }) => to.label, show: ({ to }) => <PersonButton person={to} onSelect={onSelect} /> },
      { id: 'times', title: 'Times', isNumber: true, read: ({ count }) => count, show: ({ count }) => formatCount(count) },
      { id: 'back', title: 'The other way', isNumber: true, read: ({ back }) => back, show: ({ back }) => formatCount(back) },
    ],
    [onSelect],
  )
  return (
    <section className="card stack-tight" aria-labelledby="pairs-heading" id="pairs">
      <h3 className={classes.heading} id="pairs-heading">
        Which pairs were there?
      </h3>
      <p className="small quiet measure">
        Every pair of helper and helped, in the order of helpers; how often, and how often the other way.
      </p>
      <SortedTable
        caption="Pairs of helper and helped"
        columns={columns}
        rows={rows}
        keyOf={({ from, to }) => `${from.key} ${to.key}`}
        sort={search.pairs}
        usual="helper"
        onSort={(pairs) => change({ pairs })}
        fileName={`${fileName}-pairs`}
      />
    </section>
  )
}
