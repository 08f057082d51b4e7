import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { startSentence } from '../../../shared/format.ts'
import { TRAJECTORY_WORDS, VERDICT_WORDS } from '../verdict/verdict-words.ts'
import classes from './portfolio.module.css'
import { type Grouping, type Only, type PortfolioSearch, type Trajectory, TRAJECTORY_NAMES } from './portfolio-search.ts'
import { VERDICT_NAMES, type VerdictName } from './verdict-names.ts'

/** The address follows the typing this much later: to write it at each letter would cost more than the table does. */
const SETTLED_MS = 200

type Props = {
  search: PortfolioSearch
  /** What is typed, at once. */
  onType: (q: string) => void
  onChange: (next: Partial<PortfolioSearch>) => void
}

/** Narrowing and grouping, all of it in the address. */
export const PortfolioFilters = ({ search, onType, onChange }: Props) => {
  const [typed, setTyped] = useState(search.q ?? '')
  const settle = useRef<number | undefined>(undefined)
  const written = useRef(search.q)
  useEffect(() => {
    // going back changes the address and with it the box; what this box wrote there does not
    if (search.q === written.current) return
    written.current = search.q
    setTyped(search.q ?? '')
    onType(search.q ?? '')
  }, [search.q, onType])
  useEffect(() => () => window.clearTimeout(settle.current), [])
  const type = (q: string) => {
    setTyped(q)
    onType(q)
    window.clearTimeout(settle.current)
    settle.current = window.setTimeout(() => {
      written.current = q || undefined
      onChange({ q: q || undefined })
    }, SETTLED_MS)
  }
  return (
    <div className={`${classes.filters} no-print`}>
      <TextInput
        type="search"
        aria-label="Filter by name"
        placeholder="Filter by name"
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label="Show"
        value={search.only ?? ''}
        onChange={(event) => onChange({ only: (event.currentTarget.value || undefined) as Only | undefined })}
        data={[
          { value: '', label: 'Everything' },
          { value: 'needs', label: 'Those that need you' },
          { value: 'not_as_meant', label: 'Not as the charter says' },
          { value: 'own', label: 'Without demos' },
          { value: 'demo', label: 'Demos only' },
        ]}
      />
      <NativeSelect
        aria-label="Verdict"
        value={search.verdict ?? ''}
        onChange={(event) => onChange({ verdict: (event.currentTarget.value || undefined) as VerdictName | undefined })}
        data={[{ value: '', label: 'All verdicts' }, ...VERDICT_NAMES.map((value) => ({ value, label: VERDICT_WORDS[value].word }))]}
      />
      <NativeSelect
        aria-label="Direction"
        value={search.trajectory ?? ''}
        onChange={(event) => onChange({ trajectory: (event.currentTarget.value || undefined) as Trajectory | undefined })}
        data={[
          { value: '', label: 'All directions' },
          ...TRAJECTORY_NAMES.map((value) => ({ value, label: startSentence(TRAJECTORY_WORDS[value].word) })),
        ]}
      />
      <NativeSelect
        aria-label="Group"
        value={search.by ?? ''}
        onChange={(event) => onChange({ by: (event.currentTarget.value || undefined) as Grouping | undefined })}
        data={[
          { value: '', label: 'Not grouped' },
          { value: 'verdict', label: 'By verdict' },
          { value: 'trajectory', label: 'By direction' },
        ]}
      />
    </div>
  )
}
