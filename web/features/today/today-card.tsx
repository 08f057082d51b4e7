import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { CARE_KINDS, type CareItem, type CareKind, type CareMark, type Today } from '../../../shared/contract/today.ts'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { joinWords, startSentence } from '../../../shared/format.ts'
import { catalogueQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { CareList } from './care-list.tsx'
import { MarkedList } from './marked-list.tsx'
import { careKey, sayNotKept, todayQuery, useMarking } from './today-query.ts'
import classes from './today.module.css'
import { groupByKind, KIND_WORDS, MARK_WORDS, sayItem, sayWaiting, sharesOfRoom } from './today-words.ts'

/** Rows in the first screen of a desk. */
const ROOM = 5

/** Kinds that cannot be told, each reason once, in a quiet line. */
const CannotTell = ({ today: { cannot_tell } }: { today: Today }) => {
  const byReason = Map.groupBy(cannot_tell, ({ reason }) => reason)
  return byReason.size === 0 ? null : (
    <p className="small quiet">
      {[...byReason].map(([reason, kinds]) => `${sayKinds(kinds.map(({ kind }) => kind))} cannot be told: ${reason}`).join(' ')}
    </p>
  )
}
const sayKinds = (kinds: CareKind[]): string => startSentence(joinWords(kinds.map((kind) => KIND_WORDS[kind].many)))

/** What was looked at, where nothing waits. */
const sayLookedAt = ({ cannot_tell }: Today): string => {
  const told = CARE_KINDS.filter((kind) => !cannot_tell.some((one) => one.kind === kind))
  return told.length === 0
    ? 'None of it can be told from these sources.'
    : `Looked at: ${joinWords(told.map((kind) => KIND_WORDS[kind].many))}.`
}

/** Today's list: what waits for the manager, the most pressing first, with what can be said of it. */
export const TodayCard = ({ community: { slug, role, time_zone: timeZone, known_by } }: { community: CommunitySummary }) => {
  const { data: today, error, refetch } = useQuery(todayQuery(slug))
  const { data: catalogue } = useQuery(catalogueQuery)
  const [last, setLast] = useState<{ item: CareItem; mark: CareMark | null } | null>(null)
  const undo = useRef<HTMLButtonElement>(null)
  const marking = useMarking(slug, setLast)
  // the button that was pressed is gone: its way back has the focus
  useEffect(() => {
    if (last !== null && last.mark !== null) undo.current?.focus()
  }, [last])
  if (today === undefined)
    return error ? <CardProblem what="Today’s list" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[420]} />
  const isManager = role === 'administrator' || role === 'manager'
  const groups = groupByKind(today)
  const shares = sharesOfRoom(groups, ROOM)
  const mark = (item: CareItem, as: CareMark | null) => {
    setLast(null)
    marking.mutate({ item, mark: as })
  }
  const context = {
    slug,
    timeZone,
    knownBy: today.known_by ?? known_by ?? '',
    catalogue,
    onMark: isManager ? mark : null,
  }
  return (
    <section className={`card ${classes.card}`} aria-labelledby="today" id="today-list">
      <h2 id="today" className={classes.title}>
        What waits for you today?
      </h2>
      <p>{sayWaiting(groups)}</p>
      <div role="status" className={classes.said}>
        {marking.error ? (
          <p className="small">{sayNotKept(marking.error)}</p>
        ) : last === null ? null : (
          <p className="small">
            {last.mark === null ? (
              <>
                Taken back: <bdi>{sayItem(last.item)}</bdi> waits again. The numbers follow.
              </>
            ) : (
              <>
                <bdi>{sayItem(last.item)}</bdi>: {MARK_WORDS[last.mark].said}. {last.mark === 'done' ? '' : 'The numbers follow. '}
                <button ref={undo} type="button" className="plain-button" onClick={() => mark(last.item, null)}>
                  Undo
                </button>
              </>
            )}
          </p>
        )}
      </div>
      {groups.length === 0 ? <p className="quiet">{sayLookedAt(today)}</p> : null}
      <div data-care-list>
        {groups.map((group, i) => (
          <CareList key={group.kind} group={group} atFirst={shares[i] ?? 1} context={context} />
        ))}
      </div>
      <CannotTell today={today} />
      <details className={`small quiet no-print ${classes.marked}`}>
        <summary>By which rules?</summary>
        <dl>
          {CARE_KINDS.map((kind) => (
            <div key={kind}>
              <dt className="strong">{KIND_WORDS[kind].title}</dt>
              <dd>{today.rules[kind]}</dd>
            </div>
          ))}
        </dl>
      </details>
      <MarkedList
        marked={today.marked.filter((item) => last === null || careKey(item) !== careKey(last.item))}
        onUndo={isManager ? (item) => mark(item, null) : null}
      />
    </section>
  )
}
