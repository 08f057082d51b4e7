import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { IdentityPerson } from '../../../shared/contract/identity.ts'
import { formatCount } from '../../../shared/format.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem } from '../../ui/states.tsx'
import { AccountLine } from './account-line.tsx'
import { keyOf, mergedQuery, type Said, shownName, useSaying } from './identity-queries.ts'
import classes from './identity-section.module.css'
import { SaidLine } from './said-line.tsx'

const Person = ({
  slug,
  person: { accounts },
  timeZone,
  onSaid,
}: {
  slug: string
  person: IdentityPerson
  timeZone: string
  onSaid: (said: Said) => void
}) => {
  const { mutate, isPending, error } = useSaying(slug, (said) => said !== null && onSaid(said))
  // of two accounts, either leaves the other
  const leaving = accounts.length === 2 ? accounts.slice(1) : accounts
  return (
    <>
      <div className={classes.people}>
        {accounts.map((account) => (
          <div key={keyOf([account])} className={classes.person}>
            <AccountLine account={account} timeZone={timeZone} />
            {leaving.includes(account) ? (
              <div className="no-print">
                <button
                  type="button"
                  className="plain-button"
                  disabled={isPending}
                  aria-label={`Separate ${shownName(account)} (${account.source})`}
                  onClick={() => mutate({ say: 'split', accounts: [account] })}
                >
                  {isPending ? 'Separating …' : 'Separate'}
                </button>
              </div>
            ) : null}
          </div>
        ))}
      </div>
      <Failure error={error} />
    </>
  )
}

/** People who are said to have several accounts, and the way back. */
export const MergedList = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(mergedQuery(slug))
  const [said, setSaid] = useState<Said | null>(null)
  if (data === undefined) return error ? <CardProblem what="Who has several accounts" error={error} onRetry={() => void refetch()} /> : null
  if (data.people.length === 0 && said === null) return null
  return (
    <details>
      <summary className={classes.summary}>People with several accounts ({formatCount(data.total)})</summary>
      {said === null ? null : <SaidLine key={keyOf(said.accounts)} slug={slug} said={said} onUndone={() => setSaid(null)} />}
      <ul className={classes.rows}>
        {data.people.map((person) => (
          <li key={keyOf(person.accounts)} className={classes.row}>
            <Person slug={slug} person={person} timeZone={timeZone} onSaid={setSaid} />
          </li>
        ))}
      </ul>
      {data.people.length < data.total ? (
        <p className="quiet small">The first {formatCount(data.people.length)}; the command line lists all.</p>
      ) : null}
    </details>
  )
}
