import { NativeSelect, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import { communitiesQuery, meQuery } from '../../app/queries.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { VERDICT_WORDS } from '../verdict/verdict-words.ts'
import { FirstSteps } from '../guide/first-steps.tsx'
import { CommunityTable } from './community-table.tsx'
import { NewCommunity } from './new-community.tsx'
import classes from './portfolio.module.css'
import type { PortfolioSearch } from './portfolio-search.ts'
import { RemoveDemo } from './remove-demo.tsx'
import { sortCommunities } from './sort-communities.ts'
import { VERDICT_NAMES, type VerdictName } from './verdict-names.ts'

const route = getRouteApi('/shell/')

/** How many of each verdict stand, in one sentence. */
const saySummary = (communities: Pick<CommunitySummary, 'standing' | 'verdict'>[]): string => {
  const parts = VERDICT_NAMES.flatMap((name) => {
    const count = communities.filter(({ standing }) => standing === name).length
    const word = VERDICT_WORDS[name].word.toLowerCase()
    if (count === 0) return []
    if (name === 'mixed' || name === 'dormant') return [`${sayCountOf(count, `${word}`, word)}`]
    if (name === 'too_little_data') return [`${sayCountOf(count, 'with too little data', 'with too little data')}`]
    return [sayCountOf(count, word, name === 'community' ? 'communities' : `${word}s`)]
  })
  const unsettled = communities.filter(({ standing, verdict }) => standing === null && verdict !== null).length
  if (unsettled > 0) parts.push(sayCountOf(unsettled, 'where nothing stands yet', 'where nothing stands yet'))
  const waiting = communities.filter(({ verdict }) => verdict === null).length
  if (waiting > 0) parts.push(sayCountOf(waiting, 'still without a verdict', 'still without a verdict'))
  return `${startSentence(joinWords(parts))}.`
}

/** Which community needs me? */
export const PortfolioPage = () => {
  useDocumentTitle('Communities · Barnraise')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: me } = useQuery(meQuery)
  const { data, error, refetch } = useQuery(communitiesQuery)
  const change = (next: Partial<PortfolioSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true, resetScroll: false })
  if (data === undefined)
    return error ? (
      <CardProblem what="The list of communities" error={error} onRetry={() => void refetch()} />
    ) : (
      <Waiting heights={[72, 56, 480]} />
    )
  const isAdministrator = me?.is_administrator ?? false
  const rows = sortCommunities(data, search)
  return (
    <div className="stack">
      <header className="stack-tight">
        <h1 className="display">{data.length === 0 ? 'No communities yet' : 'Which of them are communities?'}</h1>
        {data.length === 0 ? null : <p className="lead">{saySummary(data)}</p>}
      </header>
      <FirstSteps />
      {error ? <CardProblem what="The newest list" error={error} onRetry={() => void refetch()} /> : null}
      {data.length === 0 ? (
        <CardEmpty title="What would fill this page">
          <p className="measure">
            {isAdministrator
              ? 'Make a community below and drop the export of the place where it talks: the verdict follows in a minute. Or load the demo communities with “npm run cli -- demo load”; where a first start loads them, they appear here by themselves.'
              : 'You have not been invited to any community yet. An administrator can invite you.'}
          </p>
        </CardEmpty>
      ) : (
        <>
          <div className={`${classes.filters} no-print`}>
            <TextInput
              type="search"
              aria-label="Filter by name"
              placeholder="Filter by name"
              value={search.q ?? ''}
              onChange={(event) => change({ q: event.currentTarget.value || undefined })}
            />
            <NativeSelect
              aria-label="Verdict"
              value={search.verdict ?? ''}
              onChange={(event) => change({ verdict: (event.currentTarget.value || undefined) as VerdictName | undefined })}
              data={[{ value: '', label: 'All verdicts' }, ...VERDICT_NAMES.map((value) => ({ value, label: VERDICT_WORDS[value].word }))]}
            />
          </div>
          {rows.length === 0 ? (
            <CardEmpty title="No community fits the filter">
              <div>
                <button type="button" className="plain-button" onClick={() => change({ q: undefined, verdict: undefined })}>
                  Show all {data.length}
                </button>
              </div>
            </CardEmpty>
          ) : (
            <CommunityTable
              rows={rows}
              search={search}
              onSort={(sort) => change({ sort, down: search.sort === sort && !search.down ? true : undefined })}
            />
          )}
        </>
      )}
      {isAdministrator ? (
        <div className="stack no-print">
          {data.some((c) => c.is_demo) ? <RemoveDemo names={data.filter((c) => c.is_demo).map((c) => c.name)} /> : null}
          <NewCommunity />
        </div>
      ) : null}
    </div>
  )
}
