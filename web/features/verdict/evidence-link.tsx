import { Link } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'

export type EvidencePlace = {
  at: string
  rule?: string
  metric?: string
  part?: 'numerator' | 'denominator' | undefined
  alternative?: number
  view?: string | undefined
}

/** Leads to the people, threads and contributions behind a verdict, or behind one number of it. */
export const EvidenceLink = ({
  slug,
  search,
  label,
  children,
}: {
  slug: string
  search: EvidencePlace
  label?: string
  children: ReactNode
}) => (
  <Link {...({ to: '/c/$slug/evidence', params: { slug }, search } as unknown as ComponentProps<typeof Link>)} aria-label={label}>
    {children}
  </Link>
)
