import { type KeyboardEvent, useRef } from 'react'
import type { CareItem, CareMark } from '../../../shared/contract/today.ts'
import { formatInstant } from '../../../shared/format.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { CaseLink } from '../cases/case-link.tsx'
import classes from './today.module.css'
import { evidenceOf, headItem, KIND_WORDS, MARK_WORDS, sayItem, sayWaits } from './today-words.ts'

export type CareContext = {
  slug: string
  timeZone: string
  knownBy: string
  catalogue: MetricDescription[] | undefined
  /** Null for readers who may not mark. */
  onMark: ((item: CareItem, mark: CareMark) => void) | null
}

const Heading = ({ item }: { item: CareItem }) => {
  const { before, who, between, where } = headItem(item)
  return (
    <>
      {before}
      {who === null ? null : <bdi>{who}</bdi>}
      {where === null ? null : (
        <>
          {between}
          <bdi>{where}</bdi>
        </>
      )}
    </>
  )
}

/** J and K, or the arrows, go from row to row. */
const walkRows = (event: KeyboardEvent<HTMLLIElement>) => {
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const rows = [...(event.currentTarget.closest('[data-care-list]')?.querySelectorAll<HTMLElement>('[data-care-row]') ?? [])]
  const next = rows[rows.indexOf(event.currentTarget) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

/** One item: what it is, why it stands here, since when, where it is, and what can be said of it. */
export const CareRow = ({ item, context: { slug, timeZone, knownBy, catalogue, onMark } }: { item: CareItem; context: CareContext }) => {
  const row = useRef<HTMLLIElement>(null)
  const name = sayItem(item)
  const evidence = evidenceOf(item, timeZone)
  return (
    <li ref={row} className={classes.row} tabIndex={-1} data-care-row onKeyDown={walkRows}>
      <div className={classes.head}>
        <p className={classes.name}>
          {item.url === null ? (
            <Heading item={item} />
          ) : (
            <a href={item.url} target="_blank" rel="noopener noreferrer">
              <Heading item={item} />
              <span className="visually-hidden"> (opens in a new tab)</span>
            </a>
          )}
        </p>
        <p className={classes.since} title={`Since ${formatInstant(item.since, timeZone)}`}>
          {sayWaits(item.since, knownBy)}
        </p>
      </div>
      <p className={`small quiet ${classes.why}`}>
        {item.why}
        {item.is_inferred ? ' Told from the text alone, so it may not be so.' : ''}
      </p>
      <div className={classes.doing}>
        {item.url === null && item.source !== null ? (
          <span className={`quiet ${classes.place}`} title={item.id ?? undefined}>
            <bdi>{item.source}</bdi>
            {item.id === null ? null : (
              <>
                {' '}
                <bdi>{item.id}</bdi>
              </>
            )}
          </span>
        ) : null}
        <CaseLink slug={slug} of={evidence.key} period={evidence.period} catalogue={catalogue} what={KIND_WORDS[item.kind].title}>
          Evidence
        </CaseLink>
        {onMark === null
          ? null
          : item.marks.map((mark) => (
              <button
                key={mark}
                type="button"
                className={`plain-button no-print ${classes.mark}`}
                aria-label={`${MARK_WORDS[mark].act}: ${name}`}
                onClick={() => onMark(item, mark)}
              >
                {MARK_WORDS[mark].act}
              </button>
            ))}
      </div>
    </li>
  )
}
