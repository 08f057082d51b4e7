import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { formatPeriod } from '../../../shared/format.ts'
import { searchCases } from './cases-search.ts'

/** `key` is the metric, or metric:category. */
export const hasCases = (key: string, catalogue: MetricDescription[] | undefined): boolean => {
  const metric = catalogue?.find((one) => one.id === key.split(':')[0])
  return metric !== undefined && metric.cases.none === null
}

/** A number that leads to what it is made of; the bare number where its metric has no cases. */
export const CaseLink = ({
  slug,
  of,
  period,
  catalogue,
  what,
  className,
  children,
}: {
  slug: string
  /** The metric, or metric:category. */
  of: string
  period: string | null
  catalogue: MetricDescription[] | undefined
  /** What the number is, for readers who hear the link alone. */
  what: string
  className?: string
  children: ReactNode
}) =>
  period === null || !hasCases(of, catalogue) ? (
    children
  ) : (
    <Link to="/c/$slug/cases" params={{ slug }} search={searchCases(of, period)} {...(className === undefined ? {} : { className })}>
      {children}
      <span className="visually-hidden">
        {' '}
        {what} {formatPeriod(period)}: the cases
      </span>
    </Link>
  )
