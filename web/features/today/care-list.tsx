import { useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { type CareContext, CareRow } from './care-row.tsx'
import { careKey } from './today-query.ts'
import classes from './today.module.css'
import { KIND_WORDS, type KindGroup } from './today-words.ts'

/** The items of one kind: the most pressing at first, the others at a click. */
export const CareList = ({
  group: { kind, items, count },
  atFirst,
  context,
}: {
  group: KindGroup
  atFirst: number
  context: CareContext
}) => {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? items : items.slice(0, atFirst)
  const { title } = KIND_WORDS[kind]
  return (
    <section className={classes.kind} aria-labelledby={`care-${kind}`}>
      <h3 id={`care-${kind}`} className={classes.kindTitle}>
        {title} <span className="quiet">{formatCount(count)}</span>
      </h3>
      <ul className={classes.rows}>
        {shown.map((item) => (
          <CareRow key={careKey(item)} item={item} context={context} />
        ))}
      </ul>
      {items.length <= atFirst ? null : (
        <button
          type="button"
          className="plain-button no-print"
          aria-expanded={isWhole}
          aria-label={`${isWhole ? 'Fewer' : `All ${formatCount(items.length)}`}: ${title}`}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? 'Fewer' : `All ${formatCount(items.length)}`}
        </button>
      )}
      {isWhole && items.length < count ? (
        <p className="small quiet">
          The {formatCount(items.length)} most pressing of {formatCount(count)}; the others follow as these are done.
        </p>
      ) : null}
    </section>
  )
}
