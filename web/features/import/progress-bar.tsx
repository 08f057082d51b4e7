import { useEffect, useState } from 'react'
import classes from './import.module.css'

/** A reader's voice is told this often, not with every piece. */
const TOLD_EVERY_MS = 10_000

/** A bar from 0 to 1 with what is said of it; what it says is read out now and then. `share` null: how far is not known. */
export const ProgressBar = ({ label, share, says }: { label: string; share: number | null; says: string }) => {
  const [told, setTold] = useState(says)
  const [toldAt, setToldAt] = useState(() => performance.now())
  useEffect(() => {
    const left = Math.max(TOLD_EVERY_MS - (performance.now() - toldAt), 0)
    const timer = setTimeout(() => {
      setTold(says)
      setToldAt(performance.now())
    }, left)
    return () => clearTimeout(timer)
  }, [says, toldAt])
  return (
    <div className="stack-tight" style={{ gap: 8 }}>
      <progress className={classes.bar} aria-label={label} max={1} {...(share === null ? {} : { value: share })} />
      <p style={{ fontVariantNumeric: 'tabular-nums' }}>{says}</p>
      <p className="visually-hidden" role="status">
        {label}: {told}
      </p>
    </div>
  )
}
