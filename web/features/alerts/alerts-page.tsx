import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type AlertRuleId, type Alerts, endOfDataFor, type WatchedRule } from '../../../shared/contract/alert.ts'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { formatZone } from '../../../shared/format.ts'
import { useLiveCommunity } from '../../app/live.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { useScrollToHash } from '../house-rules/scroll-to-hash.ts'
import { NoEvents, NotFound } from '../period/no-events.tsx'
import { NotesOnCharts } from '../period/notes-on-charts.tsx'
import { alertsQuery } from './alert-queries.ts'
import classes from './alerts.module.css'
import type { AlertsSearch } from './alerts-search.ts'
import { HistorySection } from './history-section.tsx'
import { HookSection } from './hook-section.tsx'
import { RecipientSection } from './recipient-section.tsx'
import { RuleCourse } from './rule-course.tsx'
import { RuleRow } from './rule-row.tsx'
import { sayAll, sayRounds, standsNow } from './say-alerts.ts'
import { useScrollTo } from './use-scroll-to.ts'

const route = getRouteApi('/shell/c/$slug/alerts')

const Header = ({ community, data }: { community: CommunitySummary; data: Alerts }) => {
  const open = data.alerts.filter(({ state, ruling }) => state === 'open' && ruling?.ruling !== 'false_alarm')
  const isOver = !open.some((alert) => standsNow(alert, data.data_ended_on))
  return (
    <header className="stack-tight">
      <p style={{ fontSize: 'var(--size-lead)' }}>
        <bdi>{community.name}</bdi>
      </p>
      <h1 className="display">Has anything changed for the worse?</h1>
      <p className="lead">{sayAll(data)}</p>
      {open.length === 0 ? null : (
        <ul className={classes.standing} aria-label={isOver ? 'What stood when the data ended' : 'What stands'}>
          {open.map(({ alert_id, notices, rule }) => (
            <li key={alert_id}>
              <route.Link to="." search={(now: AlertsSearch) => ({ ...now, alert: alert_id, of: undefined })} resetScroll={false}>
                <bdi>{notices[0]?.content.headline ?? rule}</bdi>
              </route.Link>
            </li>
          ))}
        </ul>
      )}
      <p className="small quiet">
        {sayRounds(data, community.time_zone)} Weeks begin on Monday, in {formatZone(community.time_zone)}.
      </p>
    </header>
  )
}

const Alerting = ({ community }: { community: CommunitySummary }) => {
  const { slug, name, time_zone: timeZone, role } = community
  const { data, error, refetch } = useQuery(alertsQuery(slug))
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const isManager = role === 'administrator' || role === 'manager'
  const change = (next: AlertsSearch | ((now: AlertsSearch) => AlertsSearch)) =>
    void navigate({
      search: typeof next === 'function' ? next : (now) => ({ ...now, ...next }),
      replace: true,
      resetScroll: false,
    })
  const named =
    search.alert ??
    data?.alerts.find(({ rule, began_on }) => rule === search.rule && began_on === search.on && search.on !== undefined)?.alert_id
  const goal = search.alert !== undefined ? `alert-${search.alert}` : search.rule === undefined ? null : `rule-${search.rule}`
  useScrollTo(data === undefined ? null : goal)
  useScrollToHash()
  if (data === undefined)
    return error ? <CardProblem what="The alerts" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[140, 520, 320]} />
  const toggle = (rule: AlertRuleId) =>
    change(({ rule: _, on: __, strictness: ___, tables: ____, ...now }) => (search.rule === rule ? now : { ...now, rule }))
  const course = (rule: WatchedRule) => (
    <RuleCourse slug={slug} rule={rule} isManager={isManager} tried={search.strictness} onTry={(strictness) => change({ strictness })} />
  )
  const row = (rule: WatchedRule, isFolded: boolean) => (
    <RuleRow
      key={rule.rule}
      slug={slug}
      rule={rule}
      timeZone={timeZone}
      endedOn={endOfDataFor(rule.rule, data.data_ended_on)}
      isManager={isManager}
      isOpened={search.rule === rule.rule}
      isFolded={isFolded}
      onToggle={() => toggle(rule.rule)}
    >
      {search.rule === rule.rule ? course(rule) : null}
    </RuleRow>
  )
  const inState = (...states: WatchedRule['state'][]) => data.rules.filter(({ state }) => states.includes(state))
  const judged = [...inState('standing'), ...inState('quiet')]
  const folded = inState('not_judged_yet', 'cannot_judge', 'off')
  const isGone = search.alert !== undefined && !data.alerts.some(({ alert_id }) => alert_id === search.alert)
  return (
    <>
      {error ? <CardProblem what="The newest of it" error={error} onRetry={() => void refetch()} /> : null}
      <Header community={community} data={data} />
      {isGone ? <p role="status">The alert that this link led to is not there, or not for you to see.</p> : null}
      <section className={`card ${classes.section}`} aria-labelledby="watched">
        <h2 className="title" id="watched">
          What is watched, and how does it stand?
        </h2>
        {judged.length === 0 ? null : <ul className={classes.rules}>{judged.map((rule) => row(rule, false))}</ul>}
        {folded.length === 0 ? null : (
          <>
            <p className={classes.foldedTitle} id="not-judged">
              Not judged now
            </p>
            <ul className={classes.rules} aria-labelledby="not-judged">
              {folded.map((rule) => row(rule, true))}
            </ul>
          </>
        )}
      </section>
      <HistorySection
        data={data}
        slug={slug}
        community={name}
        timeZone={timeZone}
        isManager={isManager}
        endedOn={data.data_ended_on}
        named={named}
        of={search.of}
        onOf={(of) => change({ of })}
        onCourse={(rule) => change(({ on: _, alert: __, strictness: ___, ...now }) => ({ ...now, rule }))}
      />
      <RecipientSection slug={slug} isManager={isManager} />
      <HookSection slug={slug} isManager={isManager} />
    </>
  )
}

/** What is watched, what was noticed, and was it right? */
export const AlertsPage = () => {
  const { slug } = route.useParams()
  const communities = useQuery(communitiesQuery)
  useLiveCommunity(slug)
  const community = communities.data?.find((one) => one.slug === slug)
  useDocumentTitle(['Alerts', community?.name ?? slug, 'Barnraise'].join(' · '))
  if (communities.data === undefined)
    return communities.error ? (
      <CardProblem what="This community" error={communities.error} onRetry={() => void communities.refetch()} />
    ) : (
      <Waiting heights={[140, 520, 320]} />
    )
  if (community === undefined) return <NotFound slug={slug} />
  if (community.known_by === null) return <NoEvents community={community} />
  return (
    <NotesOnCharts slug={slug} timeZone={community.time_zone}>
      <div className="stack">
        <Alerting key={slug} community={community} />
      </div>
    </NotesOnCharts>
  )
}
