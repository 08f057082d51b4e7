import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { MySubscription } from '../../../shared/contract/report-subscription.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { mySubscriptionPath, mySubscriptionQuery } from './my-subscription.ts'

/** Puts the reader on the list of those who get the report by mail, or takes them off. */
export const SubscribeButton = ({ slug }: { slug: string }) => {
  const client = useQueryClient()
  const { data } = useQuery(mySubscriptionQuery(slug))
  const change = useMutation({
    mutationFn: (isWanted: boolean) => request<MySubscription>(isWanted ? 'PUT' : 'DELETE', mySubscriptionPath(slug)),
    onSuccess: async (found) => {
      client.setQueryData(mySubscriptionQuery(slug).queryKey, found)
      await client.invalidateQueries({ queryKey: ['community', slug, 'subscriptions'] })
    },
  })
  if (data === undefined) return null
  return (
    <>
      <span style={{ overflowWrap: 'anywhere' }}>
        {data.is_active ? (
          <span className="small quiet">
            By mail to <bdi>{data.address}</bdi>.{' '}
          </span>
        ) : null}
        <button type="button" className="plain-button" disabled={change.isPending} onClick={() => change.mutate(!data.is_active)}>
          {data.is_active ? 'Stop the mail' : 'Get this by mail'}
        </button>
        <span role="status" className="visually-hidden">
          {change.isSuccess ? (data.is_active ? `The next report is sent to ${data.address}.` : 'You get no more reports by mail.') : ''}
        </span>
      </span>
      <Failure error={change.error} />
    </>
  )
}
