import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { EvidenceSearch } from '../evidence/evidence-search.ts'

/** Leads to the people, threads and contributions behind a verdict, or behind one number of it. */
export const EvidenceLink = ({
  slug,
  search,
  label,
  children,
}: {
  slug: string
  search: EvidenceSearch
  label?: string
  children: ReactNode
}) => (
  <Link to="/c/$slug/evidence" params={{ slug }} search={search} aria-label={label}>
    {children}
  </Link>
)
