import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { communitiesQuery, meQuery, type Person, peopleQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { InvitePerson } from './invite-person.tsx'
import { RemovePerson } from './remove-person.tsx'

const sayRoles = (person: Person, nameOf: (slug: string) => string) =>
  person.roles.length === 0 ? ['nothing yet'] : person.roles.map(({ role, slug }) => (slug === null ? role : `${role} of ${nameOf(slug)}`))

/** Who may see what. */
export const PeoplePage = () => {
  useDocumentTitle('People · Barnraise')
  const { data: me } = useQuery(meQuery)
  const { data, error, refetch } = useQuery(peopleQuery)
  const { data: communities } = useQuery(communitiesQuery)
  if (me !== undefined && !me.is_administrator)
    return (
      <div className="stack-tight">
        <h1 className="display">Only administrators see this page</h1>
        <p className="lead">Ask an administrator to invite somebody for you.</p>
      </div>
    )
  const nameOf = (slug: string) => communities?.find((c) => c.slug === slug)?.name ?? slug
  return (
    <div className="stack">
      <header className="stack-tight">
        <h1 className="display">Who may see what?</h1>
        <p className="lead">
          People come in by invitation only. An administrator sees everything; a manager keeps one community’s keys and imports; sponsors
          and viewers read.
        </p>
      </header>
      {data === undefined ? (
        error ? (
          <CardProblem what="The list of people" error={error} onRetry={() => void refetch()} />
        ) : (
          <Waiting heights={[240]} />
        )
      ) : (
        <section className="card">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
          <section className="scroll-x" tabIndex={0} aria-label="People, as a table">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">E-mail</th>
                  <th scope="col">May</th>
                  <th scope="col">Has signed in</th>
                  <th scope="col">
                    <span className="visually-hidden">Remove</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.map((person) => (
                  <tr key={person.id}>
                    <td style={{ overflowWrap: 'anywhere', minWidth: 120 }}>
                      <bdi>{person.name}</bdi>
                      {person.id === me?.user.id ? <span className="quiet"> (you)</span> : null}
                    </td>
                    <td style={{ overflowWrap: 'anywhere', minWidth: 200 }}>{person.email}</td>
                    <td style={{ minWidth: 130 }}>
                      {sayRoles(person, nameOf).map((role) => (
                        <span key={role} style={{ display: 'block', overflowWrap: 'anywhere', maxWidth: 360 }}>
                          {role}
                        </span>
                      ))}
                    </td>
                    <td style={{ minWidth: 110 }}>{person.has_signed_in ? 'yes' : 'not yet'}</td>
                    <td>{person.id === me?.user.id ? null : <RemovePerson person={person} />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </section>
      )}
      <InvitePerson communities={communities ?? []} />
    </div>
  )
}
