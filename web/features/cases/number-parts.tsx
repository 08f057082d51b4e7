import { Link } from '@tanstack/react-router'
import type { CasePart } from '../../../shared/case-parts.ts'
import type { CaseSetDescription } from '../../../shared/contract/case-set.ts'
import type { Cases } from '../../../shared/contract/case.ts'
import { formatCount } from '../../../shared/format.ts'
import classes from './cases.module.css'

const Part = ({
  amount,
  set,
  prefix,
  part,
  isShown,
}: {
  amount: number | null
  set: CaseSetDescription
  prefix: string
  part: CasePart | null
  isShown: boolean
}) => (
  <li className={classes.part} data-shown={isShown}>
    <span className={classes.amount}>{amount === null ? '–' : formatCount(amount)}</span>
    <span>
      {prefix}
      {isShown || part === null ? (
        <span className="strong" aria-current={isShown}>
          {set.words}
        </span>
      ) : (
        <Link
          from="/c/$slug/cases"
          to="/c/$slug/cases"
          search={(now) => ({ ...now, part, after: undefined, first: undefined })}
          resetScroll={false}
        >
          {set.words}
        </Link>
      )}
      {isShown && part !== null ? <span className="quiet"> (shown below)</span> : null}
    </span>
  </li>
)

/** How the number is made of its cases: k, and of how many; each side opens its own list. */
export const NumberParts = ({ data }: { data: Cases }) => {
  const { numerator, denominator, point } = data
  if (numerator === null || denominator === null)
    return (
      <ul className={classes.parts} aria-label="What the number is made of">
        <Part amount={point[data.equals]} set={data.shown} prefix={data.equals === 'n' ? 'it rests on: ' : ''} part={null} isShown />
      </ul>
    )
  return (
    <ul className={classes.parts} aria-label="What the number is made of">
      <Part amount={point.numerator} set={numerator} prefix="" part="numerator" isShown={data.part === 'numerator'} />
      <Part amount={point.denominator} set={denominator} prefix="of: " part="denominator" isShown={data.part === 'denominator'} />
    </ul>
  )
}
