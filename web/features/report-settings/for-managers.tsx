import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'

/** A section's inside for those who run the community; others read `otherwise`. */
export const ForManagers = ({
  slug,
  otherwise,
  children,
}: {
  slug: string
  otherwise: string
  children: (timeZone: string) => ReactNode
}) => {
  const { data, error, refetch } = useQuery(communitiesQuery)
  const community = data?.find((one) => one.slug === slug)
  if (data === undefined)
    return error ? <CardProblem what="What you may see" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[120]} />
  if (community === undefined || (community.role !== 'administrator' && community.role !== 'manager'))
    return <p className="quiet measure">{otherwise}</p>
  return children(community.time_zone)
}
