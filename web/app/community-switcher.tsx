import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { communitiesQuery } from './queries.ts'
import classes from './shell.module.css'

/** Leads from one community to another; absent where there is nothing to choose. */
export const CommunitySwitcher = ({ slug }: { slug: string | undefined }) => {
  const navigate = useNavigate()
  const { data } = useQuery(communitiesQuery)
  if (data === undefined || data.length === 0) return <span className={classes.switcher} />
  return (
    <Select
      className={classes.switcher}
      aria-label="Community"
      placeholder="Choose a community"
      searchable
      nothingFoundMessage="No community has that name"
      data={data.map((community) => ({ value: community.slug, label: community.name }))}
      value={slug ?? null}
      onChange={(chosen) => chosen !== null && void navigate({ to: '/c/$slug', params: { slug: chosen }, search: {} })}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
    />
  )
}
