import { HoverCard } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { catalogueQuery } from '../../app/queries.ts'
import classes from './term.module.css'

/** A word of the text that the catalogue explains, on hover and on focus; it leads to the whole definition. */
export const Term = ({
  of,
  label,
  children,
}: {
  of: string /** For readers who hear the link alone. */
  label?: string
  children: ReactNode
}) => {
  const { slug } = useParams({ strict: false })
  const { data } = useQuery(catalogueQuery)
  const metric = data?.find((one) => one.id === of)
  if (metric === undefined) return children
  return (
    <HoverCard width={320} openDelay={150} position="top" shadow="none" withinPortal>
      <HoverCard.Target>
        <Link to="/definitions" search={slug === undefined ? {} : { c: slug }} hash={metric.id} className={classes.term} aria-label={label}>
          {children}
        </Link>
      </HoverCard.Target>
      <HoverCard.Dropdown className={classes.note}>
        <p className="strong">{metric.title}</p>
        <p>{metric.explanation}</p>
      </HoverCard.Dropdown>
    </HoverCard>
  )
}
