import { useQuery } from '@tanstack/react-query'
import { dayInZone, formatCount, formatDay } from '../../../shared/format.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem } from '../../ui/states.tsx'
import { dismissedQuery, keyOf, shownName, useSaying } from './identity-queries.ts'
import classes from './identity-section.module.css'

/** Accounts said to be different people's, and the way back. */
export const DismissedList = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(dismissedQuery(slug))
  const takeBack = useSaying(slug, () => {})
  if (data === undefined)
    return error ? <CardProblem what="Who was said to be different" error={error} onRetry={() => void refetch()} /> : null
  if (data.pairs.length === 0) return null
  return (
    <details>
      <summary className={classes.summary}>Said to be different people ({formatCount(data.total)})</summary>
      <Failure error={takeBack.error} />
      <ul className={classes.rows}>
        {data.pairs.map(({ accounts, dismissed_at }) => (
          <li key={keyOf(accounts)} className={classes.row}>
            <p style={{ overflowWrap: 'anywhere' }}>
              {accounts.map((account, i) => (
                <span key={keyOf([account])}>
                  {i === 0 ? '' : ' and '}
                  <bdi className="strong">{shownName(account)}</bdi>{' '}
                  <span className="quiet small">
                    (<bdi>{account.source}</bdi>: <bdi>{account.actor_id}</bdi>)
                  </span>
                </span>
              ))}
              <span className="quiet small">, said on {formatDay(dayInZone(dismissed_at, timeZone))}</span>{' '}
              <button
                type="button"
                className="plain-button no-print"
                disabled={takeBack.isPending}
                aria-label={`Take back that ${accounts.map(shownName).join(' and ')} are different people`}
                onClick={() => takeBack.mutate({ say: 'undo', said: { what: 'dismissed', accounts } })}
              >
                Take back
              </button>
            </p>
          </li>
        ))}
      </ul>
      {data.pairs.length < data.total ? <p className="quiet small">The latest {formatCount(data.pairs.length)}.</p> : null}
    </details>
  )
}
