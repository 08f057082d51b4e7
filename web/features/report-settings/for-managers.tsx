import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { communitiesQuery } from '../../app/queries.ts'
import { Waiting } from '../../ui/states.tsx'

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
  const { data } = useQuery(communitiesQuery)
  const community = data?.find((one) => one.slug === slug)
  if (community === undefined) return <Waiting heights={[120]} />
  if (community.role !== 'administrator' && community.role !== 'manager') return <p className="quiet measure">{otherwise}</p>
  return children(community.time_zone)
}
