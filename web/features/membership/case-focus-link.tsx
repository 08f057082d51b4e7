import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { FocusProps } from '../../ui/heat-map.tsx'
import { searchCases } from '../cases/cases-search.ts'

/** A field of a drawing that arrow keys reach: a link to its cases, or only its words where it has none. */
export const CaseFocusLink = ({
  slug,
  of,
  period,
  focus,
  children,
}: {
  slug: string
  of: string | null
  period: string
  focus: FocusProps
  children: ReactNode
}) =>
  of === null ? (
    <span {...focus}>{children}</span>
  ) : (
    <Link to="/c/$slug/cases" params={{ slug }} search={searchCases(of, period)} {...focus}>
      {children}
    </Link>
  )
