import '@mantine/spotlight/styles.css'
import { useMantineColorScheme } from '@mantine/core'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import classes from './command-palette.module.css'
import { rankActions } from './rank-actions.ts'
import type { Place } from './places.ts'
import { catalogueQuery, communitiesQuery } from './queries.ts'

/** More than these are found by typing on. */
const MOST_SHOWN = 12

type PaletteProps = {
  places: Place[]
  /** Whether the reader may make communities. */
  isAdministrator: boolean
  /** Of the open community, if one is. */
  slug: string | undefined
}

/** Everything one can go to or do, by typing: pages, communities, measures, colours. Loaded and opened when it is first asked for. */
export const CommandPalette = ({ places, isAdministrator, slug }: PaletteProps) => {
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const { data: communities = [] } = useQuery(communitiesQuery)
  const { data: catalogue = [] } = useQuery(catalogueQuery)
  useEffect(() => spotlight.open(), [])
  const go = (place: Pick<Place, 'to' | 'params' | 'search'>, hash?: string) =>
    void navigate({ to: place.to, params: place.params ?? {}, search: place.search ?? {}, hash } as Parameters<typeof navigate>[0])
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: places.map(
        (place): SpotlightActionData => ({
          id: `page ${place.to}`,
          label: place.label,
          ...(place.params === undefined ? {} : { description: 'Of this community' }),
          rightSection: (
            <span className="small quiet" aria-hidden>
              g {place.key}
            </span>
          ),
          onClick: () => go(place),
        }),
      ),
    },
    {
      group: 'Communities',
      actions: communities.map(
        (community): SpotlightActionData => ({
          id: `community ${community.slug}`,
          label: community.name,
          description: community.slug,
          onClick: () => go({ to: '/c/$slug', params: { slug: community.slug } }),
        }),
      ),
    },
    {
      group: 'Do',
      actions: [
        ...(slug === undefined
          ? []
          : [
              {
                id: 'import',
                label: 'Import a file into this community',
                onClick: () => go({ to: '/c/$slug/import', params: { slug } }),
              },
            ]),
        ...(isAdministrator
          ? [
              { id: 'new', label: 'Make a new community', onClick: () => go({ to: '/' }, 'new-community') },
              { id: 'invite', label: 'Invite somebody', onClick: () => go({ to: '/people' }) },
            ]
          : []),
        { id: 'copy', label: 'Copy the address of this page', onClick: () => void navigator.clipboard?.writeText(window.location.href) },
        { id: 'light', label: 'Colours: light', onClick: () => setColorScheme('light') },
        { id: 'dark', label: 'Colours: dark', onClick: () => setColorScheme('dark') },
        { id: 'auto', label: 'Colours: as this device', onClick: () => setColorScheme('auto') },
        { id: 'print', label: 'Print this page', onClick: () => setTimeout(() => window.print(), 300) },
      ],
    },
    {
      group: 'What a number means',
      actions: catalogue.map(
        (metric): SpotlightActionData => ({
          id: `metric ${metric.id}`,
          label: metric.title,
          description: metric.question,
          keywords: metric.id,
          onClick: () => go({ to: '/definitions', ...(slug === undefined ? {} : { search: { c: slug } as never }) }, metric.id),
        }),
      ),
    },
  ]
  return (
    <Spotlight
      actions={groups}
      filter={(query, actions) => rankActions(query, actions as SpotlightActionGroupData[], MOST_SHOWN)}
      nothingFound="Nothing has that name"
      scrollable
      maxHeight={420}
      shortcut={null}
      searchProps={{ placeholder: 'Go to a page, a community, a number …', 'aria-label': 'Go to' }}
      classNames={{ content: classes.content, action: classes.action, actionsGroup: classes.group }}
      attributes={{ content: { 'aria-label': 'Go to' } }}
    />
  )
}
