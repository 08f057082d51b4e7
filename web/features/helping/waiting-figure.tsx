import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CareItem, Today } from '../../../shared/contract/today.ts'
import { formatCount, formatInstant } from '../../../shared/format.ts'
import { FigureCard, NothingToDraw } from '../../ui/figure-card.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { PlaceLink } from '../evidence/place-link.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { useShownAsTable } from '../period/use-period-search.ts'
import { CareRow } from '../today/care-row.tsx'
import { careKey, sayNotKept, todayQuery, useMarking } from '../today/today-query.ts'
import { namePerson, sayWaits } from '../today/today-words.ts'
import classes from './helping.module.css'
import { sayNewcomers, sayOpen } from './say-waiting.ts'

const KINDS = ['unanswered_question', 'waiting_newcomer'] as const
type Kind = (typeof KINDS)[number]

const WORDS: Record<Kind, { id: string; question: string; metric: string }> = {
  unanswered_question: {
    id: 'open-questions',
    question: 'Which questions have no answer now?',
    metric: 'time-to-first-answer',
  },
  waiting_newcomer: {
    id: 'waiting-newcomers',
    question: 'Which newcomers wait for a reply?',
    metric: 'newcomers-answered-share',
  },
}
/** Rows at first; the others at a click. */
const AT_FIRST = 5

const COLUMNS = ['Since', 'Waits', 'Who', 'Topic', 'Place', 'Why it stands here'] as const

/** What waits now of one kind: its list, or why it cannot be told. */
const WaitingFigure = ({ kind, numbers, today }: { kind: Kind; numbers: Numbers; today: Today }) => {
  const { slug, community, catalogue, lastDay } = numbers
  const { id, question, metric } = WORDS[kind]
  const shownAs = useShownAsTable(id)
  const [isWhole, setWhole] = useState(false)
  const marking = useMarking(slug, () => {})
  const cannot = today.cannot_tell.find((one) => one.kind === kind)
  const items = today.items.filter((item) => item.kind === kind)
  const count = today.counts[kind] ?? 0
  const knownBy = today.known_by ?? numbers.report.known_by ?? ''
  const isManager = community.role === 'administrator' || community.role === 'manager'
  const answer = cannot?.reason ?? (kind === 'unanswered_question' ? sayOpen(today) : sayNewcomers(count))
  const place = (item: CareItem) => item.id ?? item.source ?? ''
  const context = {
    slug,
    timeZone: community.time_zone,
    knownBy,
    catalogue,
    onMark: isManager ? (item: CareItem, mark: NonNullable<CareItem['mark']>['as'] | null) => marking.mutate({ item, mark }) : null,
  }
  return (
    <FigureCard
      id={id}
      question={question}
      answer={answer}
      note={cannot === undefined && items.length > 0 ? today.rules[kind] : undefined}
      fileName={`${slug}-${id}-${lastDay}`}
      table={{
        columns: COLUMNS.map((label) => ({ label, isNumber: false })),
        rows: items.map((item) => ({
          key: careKey(item),
          cells: [
            formatInstant(item.since, community.time_zone),
            sayWaits(item.since, knownBy),
            <bdi key="who">{namePerson(item) ?? '–'}</bdi>,
            <bdi key="topic">{item.channel ?? '–'}</bdi>,
            item.id === null && item.source === null ? (
              '–'
            ) : (
              <PlaceLink key="place" url={item.url} id={place(item)}>
                {item.source ?? place(item)}
              </PlaceLink>
            ),
            item.why,
          ],
        })),
        csv: [
          ['since', 'who', 'topic', 'source', 'id', 'url', 'why'],
          ...items.map((item) => [item.since, namePerson(item), item.channel, item.source, item.id, item.url, item.why]),
        ],
      }}
      {...shownAs}
      links={
        <CaseLink slug={slug} of={metric} period={lastDay.slice(0, 7)} catalogue={catalogue} what={question} className="small">
          Cases of the month
        </CaseLink>
      }
    >
      {items.length === 0 ? (
        <NothingToDraw>{cannot === undefined ? `Nothing to list. ${today.rules[kind]}` : 'Nothing can be listed.'}</NothingToDraw>
      ) : (
        <>
          {marking.error ? (
            <p role="alert" className="small">
              {sayNotKept(marking.error)}
            </p>
          ) : null}
          <ul className={classes.rows} data-care-list>
            {(isWhole ? items : items.slice(0, AT_FIRST)).map((item) => (
              <CareRow key={careKey(item)} item={item} context={context} />
            ))}
          </ul>
          {items.length > AT_FIRST ? (
            <div>
              <button
                type="button"
                className="plain-button no-print"
                aria-expanded={isWhole}
                aria-label={`${isWhole ? 'Fewer' : `All ${formatCount(items.length)}`}: ${question}`}
                onClick={() => setWhole(!isWhole)}
              >
                {isWhole ? 'Fewer' : `All ${formatCount(items.length)}`}
              </button>
            </div>
          ) : null}
          {items.length < count ? (
            <p className="small quiet">
              The {formatCount(items.length)} most pressing of {formatCount(count)}; the others follow as these are done.
            </p>
          ) : null}
        </>
      )}
    </FigureCard>
  )
}

/** Unanswered questions and newcomers without a reply, as known now, whatever periods are shown. */
export const WaitingFigures = ({ numbers, hasQuestions }: { numbers: Numbers; hasQuestions: boolean }) => {
  const { data: today, error, refetch } = useQuery(todayQuery(numbers.slug))
  if (today === undefined)
    return error ? <CardProblem what="What waits now" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[320]} />
  // why a kind cannot be told stands above already, where nothing is known of questions
  const kinds = KINDS.filter((kind) => hasQuestions || !today.cannot_tell.some((one) => one.kind === kind))
  return kinds.length === 0 ? null : (
    <div className={kinds.length === 1 ? classes.whole : classes.pair}>
      {kinds.map((kind) => (
        <WaitingFigure key={kind} kind={kind} numbers={numbers} today={today} />
      ))}
    </div>
  )
}
