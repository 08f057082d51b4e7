import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../../app/queries.ts'
import { downloadCsv } from '../../ui/csv.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './all-alerts.module.css'
import { allAlertsQuery } from './all-alerts-queries.ts'
import { AllAlertsTable } from './all-alerts-table.tsx'
import { BudgetSection } from './budget-section.tsx'
import { allAlertsFile, sayExpected, sayStanding } from './say-all-alerts.ts'

/** Which community has an alert that stands, how many are false, and how many may be? */
export const AllAlertsPage = () => {
  useDocumentTitle('All alerts · Barnraise')
  const { data, error, refetch } = useQuery(allAlertsQuery)
  const { data: me } = useQuery(meQuery)
  const isAdministrator = me?.is_administrator === true
  const runsSomething = isAdministrator || me?.roles.some(({ role }) => role === 'manager') === true
  if (data === undefined)
    return error ? <CardProblem what="The alerts" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[140, 480, 200]} />
  return (
    <div className="stack">
      {error ? <CardProblem what="The newest of it" error={error} onRetry={() => void refetch()} /> : null}
      <header className="stack-tight">
        <h1 className="display">What stands, and where?</h1>
        <p className="lead">{sayStanding(data.communities)}</p>
        {data.communities.length === 0 ? null : <p className="measure">{sayExpected(data)}</p>}
      </header>
      {data.communities.length === 0 ? (
        <CardEmpty title="No community yet">Alerts stand here once there is a community with events, and its first week is over.</CardEmpty>
      ) : (
        <section className={`card stack-tight ${classes.long}`} aria-labelledby="by-community">
          <div className={classes.head}>
            <h2 className="title" id="by-community">
              By community
            </h2>
            <button type="button" className="plain-button no-print" onClick={() => downloadCsv('all-alerts.csv', allAlertsFile(data))}>
              CSV
            </button>
          </div>
          <p className="measure">{data.record.sentence}</p>
          <AllAlertsTable communities={data.communities} />
        </section>
      )}
      {runsSomething ? <BudgetSection isAdministrator={isAdministrator} /> : null}
    </div>
  )
}
