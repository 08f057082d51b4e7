import { useConnection } from './live.ts'
import { useSessionEnded } from './session.ts'
import classes from './shell.module.css'

const timeOf = (instant: number): string => new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })

/** Says that the page has lost the server, and up to when it holds. */
export const ConnectionNote = () => {
  const { isLost, since } = useConnection()
  const hasEnded = useSessionEnded()
  return isLost && since !== null && !hasEnded ? (
    <p role="status" className={`${classes.lost} no-print`}>
      The connection to the server is lost. What stands here is as of {timeOf(since)}; the page goes on by itself when it is back.
    </p>
  ) : null
}
