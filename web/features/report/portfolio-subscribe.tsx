import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PortfolioSubscription } from '../../../shared/contract/portfolio-report.ts'
import { formatDay, formatPeriod } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { PORTFOLIO_SUBSCRIPTION, portfolioSubscriptionQuery } from './portfolio-queries.ts'

/** Whether these reports come to the reader by mail: each decides for themself. */
export const PortfolioSubscribe = () => {
  const client = useQueryClient()
  const { data, error } = useQuery(portfolioSubscriptionQuery)
  const change = useMutation({
    mutationFn: (is_subscribed: boolean) => request<PortfolioSubscription>('PUT', PORTFOLIO_SUBSCRIPTION, { is_subscribed }),
    onSuccess: (found) => client.setQueryData(portfolioSubscriptionQuery.queryKey, found),
  })
  if (data === undefined) return <Failure error={error} />
  return (
    <>
      <div className="row">
        <Button variant="default" size="compact-md" loading={change.isPending} onClick={() => change.mutate(!data.is_subscribed)}>
          {data.is_subscribed ? 'Stop the mail' : 'Get this by mail once a month'}
        </Button>
        <span className="small quiet" role="status" style={{ overflowWrap: 'anywhere' }}>
          {data.is_subscribed && data.next_month !== null && data.sent_by !== null
            ? `Sent to ${data.address}; next that of ${formatPeriod(data.next_month)}, when its last report is made, on ${formatDay(data.sent_by)} at the latest.`
            : `It would go to ${data.address}.`}
        </span>
      </div>
      <Failure error={change.error} />
    </>
  )
}
