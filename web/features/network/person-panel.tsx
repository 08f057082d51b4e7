import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { dayInZone, formatCount, formatDay } from '../../../shared/format.ts'
import { isWebAddress } from '../cases/case-table.tsx'
import { Failure } from '../../ui/failure.tsx'
import type { HelpGraph, HelpPerson, Tied } from './help-graph.ts'
import classes from './network.module.css'
import { type Days, personHelpQuery } from './network-queries.ts'
import { PersonButton } from './network-tables.tsx'
import { sayPerson, timesOf } from './say-network.ts'

type Props = {
  slug: string
  days: Days
  timeZone: string
  graph: HelpGraph
  person: HelpPerson
  onSelect: (key: string | undefined) => void
}

const TiedList = ({ title, tied, graph, onSelect }: { title: string; tied: Tied[]; graph: HelpGraph; onSelect: (key: string) => void }) =>
  tied.length === 0 ? null : (
    <div>
      <h4>{title}</h4>
      <ul className={classes.tied}>
        {tied.map(({ at, count }) => {
          const other = graph.people[at]
          return other === undefined ? null : (
            <li key={other.key}>
              <PersonButton person={other} onSelect={onSelect} />
              <span>{timesOf(count)}</span>
            </li>
          )
        })}
      </ul>
    </div>
  )

/** Each help the person gave or received, with the place of the question. */
const Helps = ({ slug, days, timeZone, graph, person }: Omit<Props, 'onSelect'>) => {
  const { data, error } = useQuery(personHelpQuery(slug, days, person.key))
  if (error) return <Failure error={error} />
  if (data === undefined) return <Skeleton height={120} radius={6} />
  if (data.hidden !== null) return <p className="small quiet">{data.hidden}</p>
  const names = new Map(graph.people.map(({ pseudonym, label }) => [pseudonym, label]))
  const nameOf = (pseudonym: string) => <bdi>{pseudonym === person.pseudonym ? 'this person' : (names.get(pseudonym) ?? pseudonym)}</bdi>
  return (
    <div>
      <h4>Each help, the newest first</h4>
      <ol className={classes.helps}>
        {data.helps.map((help) => (
          <li key={`${help.source} ${help.id} ${help.helper}`}>
            {formatDay(dayInZone(help.first_at, timeZone))}: {nameOf(help.helper)} helped {nameOf(help.helped)}
            {help.topic === null ? null : (
              <>
                {' '}
                in <bdi>{help.topic}</bdi>
              </>
            )}
            .{' '}
            {help.url !== null && isWebAddress(help.url) ? (
              <a href={help.url} target="_blank" rel="noreferrer noopener" title={`${help.source} ${help.id}`}>
                Open<span className="visually-hidden"> the question {help.id} where it was asked, in a new tab</span>
              </a>
            ) : (
              <span className="quiet">
                <bdi>{`${help.source} ${help.id}`}</bdi>
              </span>
            )}
          </li>
        ))}
      </ol>
      {data.total > data.helps.length ? (
        <p className="small quiet">
          The newest {formatCount(data.helps.length)} of {formatCount(data.total)}.
        </p>
      ) : null}
    </div>
  )
}

/** Whom a person helped and who helped them, each with what it was about. */
export const PersonPanel = ({ onSelect, ...props }: Props) => {
  const { graph, person } = props
  return (
    <section className={`card ${classes.panel}`} aria-label={`The help of ${person.label}`} data-testid="person">
      <div>
        <h3 className={classes.heading}>
          <bdi>{person.label}</bdi>
        </h3>
        {person.name === null ? null : <p className="small quiet">{person.pseudonym}</p>}
        <p>{sayPerson(person)}</p>
        <button type="button" className="plain-button no-print" onClick={() => onSelect(undefined)}>
          Show everybody again
        </button>
      </div>
      <TiedList title="Helped" tied={person.helped} graph={graph} onSelect={onSelect} />
      <TiedList title="Was helped by" tied={person.helpedBy} graph={graph} onSelect={onSelect} />
      <Helps {...props} />
    </section>
  )
}
