import type { CareItem } from '../../../shared/contract/today.ts'
import { sayCountOf } from '../../../shared/format.ts'
import { careKey } from './today-query.ts'
import classes from './today.module.css'
import { MARK_WORDS, sayItem } from './today-words.ts'

/** What was marked last, to be taken back. */
export const MarkedList = ({ marked, onUndo }: { marked: CareItem[]; onUndo: ((item: CareItem) => void) | null }) =>
  marked.length === 0 ? null : (
    <details className={`small ${classes.marked}`}>
      <summary>{sayCountOf(marked.length, 'item').replace(/^./, (first) => first.toUpperCase())} marked</summary>
      <ul className={classes.rows}>
        {marked.map((item) => (
          <li key={careKey(item)} className={classes.markedRow}>
            <span className={classes.name}>
              <bdi>{sayItem(item)}</bdi>
              <span className="quiet">
                : {item.mark === null ? '' : MARK_WORDS[item.mark.as].said}
                {item.mark?.marked_by ? (
                  <>
                    , said <bdi>{item.mark.marked_by}</bdi>
                  </>
                ) : null}
              </span>
            </span>
            {onUndo === null ? null : (
              <button type="button" className="plain-button no-print" aria-label={`Undo: ${sayItem(item)}`} onClick={() => onUndo(item)}>
                Undo
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
