import { SegmentedControl } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Retention } from '../../../shared/contract/retention.ts'
import { formatCount, startSentence } from '../../../shared/format.ts'
import { FigureCard, type FigureTable, NothingToDraw } from '../../ui/figure-card.tsx'
import { HeatMap } from '../../ui/heat-map.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import { type Cohort, cohortsBy, usualSize } from './fetch-retention.ts'
import { type CohortSize, listChosen, type MembershipSearch, toggleChosen } from './membership-search.ts'
import { CaseFocusLink } from './case-focus-link.tsx'
import { describeAge, nameAge, nameCohort, saidBegan, sayCohorts } from './say-staying.ts'

/** How long cohorts are and which are chosen, as the address has it. */
export const useCohorts = (retention: Retention) => {
  const search = useSearch({ strict: false }) as MembershipSearch
  const navigate = useNavigate()
  const change = (next: Partial<MembershipSearch>) =>
    void navigate({ to: '.', search: ((now: MembershipSearch) => ({ ...now, ...next })) as never, resetScroll: false, replace: true })
  const size = search.by ?? usualSize(retention)
  const cohorts = cohortsBy(retention, size)
  const chosen = listChosen(search.cohorts).filter((month) => cohorts.some((one) => one.from === month))
  return {
    size,
    cohorts,
    chosen,
    onSize: (by: CohortSize) => change({ by, cohorts: undefined }),
    onChoose: (month: string) => change({ cohorts: toggleChosen(chosen.length === 0 ? undefined : chosen.join('.'), month) }),
  }
}

const tableOf = (
  cohorts: Cohort[],
  retention: Retention,
  linkCell: (of: string, month: string, text: string) => ReactNode,
): FigureTable => ({
  columns: [
    { label: startSentence(retention.begins_with === 'joining' ? 'joined' : 'first seen'), isNumber: false },
    { label: 'People', isNumber: true },
    ...retention.ages.map((days) => ({ label: `After ${nameAge(days)}`, isNumber: true })),
  ],
  rows: cohorts.map((cohort) => ({
    key: cohort.from,
    cells: [
      nameCohort(cohort),
      formatCount(cohort.started_count),
      ...cohort.shares.map((age) => {
        const { kind, text } = describeAge(cohort, age, retention.begins_with)
        const hasCases = cohort.from === cohort.to && age.still !== null
        return kind === 'pending' ? 'not yet' : hasCases ? linkCell(`retention:${age.days}-days`, cohort.from, text) : text
      }),
    ],
  })),
  csv: [
    ['from', 'to', 'people', 'days', 'share', 'low', 'high', 'still_there', 'of', 'status', 'reason'],
    ...cohorts.flatMap((cohort) =>
      cohort.shares.map((age) => [
        cohort.from,
        cohort.to,
        cohort.started_count,
        age.days,
        age.value,
        age.low,
        age.high,
        age.still?.count ?? null,
        age.still?.of ?? null,
        age.status,
        age.reason,
      ]),
    ),
  ],
})

/** Of those who came in a month, how many are there later: month by month, age by age. */
export const RetentionFigure = ({ retention, numbers }: { retention: Retention; numbers: Numbers }) => {
  const { slug, catalogue } = numbers
  const { size, cohorts, chosen, onSize, onChoose } = useCohorts(retention)
  const shownAs = useShownAsTable('retention')
  // who came last stands first, where one looks
  const newest = cohorts.toReversed()
  const people = cohorts.reduce((sum, cohort) => sum + cohort.started_count, 0)
  const lastCounted = newest.find((cohort) => cohort.shares.some((age) => age.still !== null))
  return (
    <FigureCard
      id="retention"
      question="Of those who came, how many are still there?"
      answer={sayCohorts(cohorts, retention, size)}
      note={
        <>
          Months of joining as far as 24 months back, or as far as is chosen, and no more than 36.{' '}
          {size === 'month' ? 'Choose a month to see its curve.' : `A ${size} pools its months; by month, each field opens its people.`}
        </>
      }
      fileName={`${slug}-retention-by-${size}-${retention.from}-${retention.to}`}
      table={tableOf(newest, retention, (of, month, text) => (
        <CaseLink key={of} slug={slug} of={of} period={month} catalogue={catalogue} what="Retention">
          {text}
        </CaseLink>
      ))}
      {...shownAs}
      links={
        <>
          {size !== 'month' || lastCounted === undefined ? null : (
            <CaseLink slug={slug} of="retention:90-days" period={lastCounted.from} catalogue={catalogue} what="Retention" className="small">
              Cases
            </CaseLink>
          )}
          <span className="small">
            <Term of="retention" label="Definition: retention">
              Definition
            </Term>
          </span>
        </>
      }
    >
      <SegmentedControl
        size="xs"
        aria-label="Cohorts by"
        value={size}
        onChange={(value) => onSize(value as CohortSize)}
        data={[
          { value: 'month', label: 'By month' },
          { value: 'quarter', label: 'Quarter' },
          { value: 'year', label: 'Year' },
        ]}
        className="no-print"
        style={{ alignSelf: 'flex-start', marginBottom: 8 }}
      />
      {people === 0 ? (
        <NothingToDraw>
          Nobody {retention.begins_with === 'joining' ? 'joined' : 'was first seen'} in these months. Who joins later will stand here, a row
          a month.
        </NothingToDraw>
      ) : (
        <HeatMap
          label={`Share still there, by the ${size} in which people ${saidBegan(retention.begins_with)} and by days since`}
          headTitle={retention.begins_with === 'joining' ? 'Joined' : 'First seen'}
          countTitle="People"
          columns={retention.ages.map((days) => ({ key: String(days), title: nameAge(days) }))}
          tone="joined"
          rows={newest.map((cohort) => ({
            key: cohort.from,
            head: nameShort(cohort),
            count: formatCount(cohort.started_count),
            isChosen: chosen.includes(cohort.from),
            cells: cohort.shares.map((age) => ({ key: String(age.days), ...describeAge(cohort, age, retention.begins_with) })),
          }))}
          onChoose={onChoose}
          linkCell={(month, days, content, focus) => (
            <CaseFocusLink
              slug={slug}
              of={
                size === 'month' &&
                cohorts.find((one) => one.from === month)?.shares.some((age) => age.days === Number(days) && age.still !== null)
                  ? `retention:${days}-days`
                  : null
              }
              period={month}
              focus={focus}
            >
              {content}
            </CaseFocusLink>
          )}
        />
      )}
    </FigureCard>
  )
}

/** A name in the room of a row's head: March 2025, Jan to Mar 2025, 2025. */
const nameShort = (cohort: Cohort): string => {
  const name = nameCohort(cohort)
  return cohort.from === cohort.to ? name : name.replaceAll(/(\p{L}{3})\p{L}+(?= to| \d{4}$)/gu, '$1')
}
