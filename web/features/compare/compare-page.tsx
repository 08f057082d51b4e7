import { MultiSelect, NativeSelect } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Comparison } from '../../../shared/contract/comparison.ts'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { formatPeriod, formatZone, joinWords } from '../../../shared/format.ts'
import { catalogueQuery, communitiesQuery } from '../../app/queries.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { VerdictMark } from '../verdict/verdict-mark.tsx'
import { STRENGTH_WORDS, TRAJECTORY_WORDS, VERDICT_WORDS } from '../verdict/verdict-words.ts'
import classes from './compare.module.css'
import { type CompareSearch, MAX_COMPARED, MIN_COMPARED, readSlugs, TABLE_IDS, type TableId, writeSlugs } from './compare-search.ts'
import { comparisonQuery } from './comparison-query.ts'
import { MeasureFigure } from './measure-figure.tsx'
import { OverlapFigure } from './overlap-figure.tsx'
import { namesOf } from './say-comparison.ts'

const route = getRouteApi('/shell/compare')

/** What each is, over which days, in the order chosen: the key to all drawings below. */
const Verdicts = ({ comparison, summaries }: { comparison: Comparison; summaries: CommunitySummary[] }) => (
  <section className="card stack-tight" aria-labelledby="what-are-they">
    <h2 id="what-are-they" className="title">
      What are they?
    </h2>
    <ol className={classes.list}>
      {comparison.communities.map(({ slug, name, period, note, time_zone }) => {
        const row = summaries.find((one) => one.slug === slug)
        return (
          <li key={slug}>
            <Link to="/c/$slug" params={{ slug }} className="strong">
              <bdi className={classes.whole}>{name}</bdi>
            </Link>
            <span className={classes.verdict}>
              {row?.standing == null ? (
                <span className="quiet">No verdict stands yet</span>
              ) : (
                <>
                  <VerdictMark verdict={row.standing} />
                  <span>
                    {VERDICT_WORDS[row.standing].word}
                    {row.strength === null ? '' : `, ${STRENGTH_WORDS[row.strength].word}`}
                    {row.trajectory === 'unknown' ? '' : `, ${TRAJECTORY_WORDS[row.trajectory].word}`}
                  </span>
                </>
              )}
            </span>
            <span className="small quiet">
              {period === null ? '' : `${formatPeriod(period)}, ${formatZone(time_zone)}. `}
              {note}
            </span>
          </li>
        )
      })}
    </ol>
    {comparison.notes.map((note) => (
      <p key={note} className="measure">
        {note}
      </p>
    ))}
    <p className="small quiet measure">
      In the order you chose: nothing here ranks them.{' '}
      {comparison.tested > 1
        ? `Of shares ${comparison.tested} pairs are tested; intervals of differences are widened for that many, so that chance alone makes one “differ” in one page of twenty.`
        : ''}{' '}
      Two that share people are more alike than chance knows.
    </p>
  </section>
)

/** Two to five communities side by side. */
export const ComparePage = () => {
  useDocumentTitle('Compare · Barnraise')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: Partial<CompareSearch>) =>
    void navigate({ search: (now: CompareSearch) => ({ ...now, ...next }), replace: true, resetScroll: false })
  const communities = useQuery(communitiesQuery)
  const { data: catalogue } = useQuery(catalogueQuery)
  const asked = readSlugs(search.of)
  const known = asked.filter((slug) => communities.data?.some((row) => row.slug === slug))
  const gone = communities.data === undefined ? [] : asked.filter((slug) => !known.includes(slug))
  const chosen = known.slice(0, MAX_COMPARED)
  const days = search.days ?? 90
  const isEnough = chosen.length >= MIN_COMPARED
  const { data, error, refetch, isPlaceholderData } = useQuery({ ...comparisonQuery(chosen, days), enabled: isEnough })
  const tables = readSlugs(search.tables)
  const toggle = (id: TableId) =>
    change({
      tables: writeSlugs(TABLE_IDS.filter((one) => (one === id ? !tables.includes(id) : tables.includes(one)))),
    })

  if (communities.data === undefined)
    return communities.error ? (
      <CardProblem what="The list of communities" error={communities.error} onRetry={() => void communities.refetch()} />
    ) : (
      <Waiting heights={[72, 56, 480]} />
    )
  const all = communities.data
  const names = data === undefined ? [] : namesOf(data.communities)
  return (
    <div className="stack">
      <header className="stack-tight">
        <h1 className="display">How do they compare?</h1>
        <p className="lead">
          Two to five communities side by side, each over its own last {days === 365 ? '12 months' : '90 days'} as known. Differences are
          told from chance where that can be done; no one wins.
        </p>
      </header>
      <div className={`${classes.choose} no-print`}>
        <MultiSelect
          label="Communities"
          placeholder={chosen.length === 0 ? 'Search by name' : ''}
          searchable
          hidePickedOptions
          maxValues={MAX_COMPARED}
          limit={60}
          nothingFoundMessage={chosen.length >= MAX_COMPARED ? 'Five at most' : 'No community has that name'}
          value={chosen}
          onChange={(slugs) => change({ of: writeSlugs(slugs) })}
          data={all.map(({ slug, name }) => ({
            value: slug,
            label: all.some((other) => other.slug !== slug && other.name === name) ? `${name} (${slug})` : name,
          }))}
        />
        <NativeSelect
          label="Over"
          value={String(days)}
          onChange={(event) => change({ days: event.currentTarget.value === '365' ? 365 : undefined })}
          data={[
            { value: '90', label: 'The last 90 days' },
            { value: '365', label: 'The last 12 months' },
          ]}
        />
      </div>
      {gone.length === 0 ? null : (
        <p className="measure">
          {joinWords(gone.map((slug) => `“${slug}”`))} {gone.length === 1 ? 'is' : 'are'} not there, or none of yours, and left out.
        </p>
      )}
      {known.length > MAX_COMPARED ? (
        <p className="measure">{known.length} were asked for. Five at most can be read side by side: these are the first five.</p>
      ) : null}
      {!isEnough ? (
        <CardEmpty title={all.length < MIN_COMPARED ? 'There is nothing to compare with' : 'Choose two to five'}>
          <p className="measure">
            {all.length < MIN_COMPARED
              ? 'You see one community or none. As soon as there are two, they can stand side by side here.'
              : 'Search for them by name above, or pick them on the list of communities.'}
          </p>
          <Link to="/">All communities</Link>
        </CardEmpty>
      ) : error && (data === undefined || isPlaceholderData) ? (
        <CardProblem what="The comparison" error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Waiting heights={[220, 480, 640]} />
      ) : (
        <div className="stack" aria-busy={isPlaceholderData} data-stale={isPlaceholderData}>
          {error ? <CardProblem what="The newest comparison" error={error} onRetry={() => void refetch()} /> : null}
          <Verdicts comparison={data} summaries={all} />
          {(['helping', 'membership'] as const).map((group) => (
            <MeasureFigure
              key={group}
              group={group}
              comparison={data}
              names={names}
              catalogue={catalogue}
              isTable={tables.includes(group)}
              onToggleTable={toggle}
            />
          ))}
          <OverlapFigure comparison={data} names={names} isTable={tables.includes('overlap')} onToggleTable={() => toggle('overlap')} />
          {(['voices', 'content-mix'] as const).map((group) => (
            <MeasureFigure
              key={group}
              group={group}
              comparison={data}
              names={names}
              catalogue={catalogue}
              isTable={tables.includes(group)}
              onToggleTable={toggle}
            />
          ))}
        </div>
      )}
    </div>
  )
}
