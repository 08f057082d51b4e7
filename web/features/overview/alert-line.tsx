import { Link } from '@tanstack/react-router'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { formatDay } from '../../../shared/format.ts'
import classes from './overview.module.css'

/** What stands among the alerts, with the way to it; nothing where none does. */
export const AlertLine = ({ community: { slug, last_alert: alert } }: { community: CommunitySummary }) =>
  alert?.is_standing ? (
    <p className={classes.alert}>
      <span className="strong">An alert stands since {formatDay(alert.began_on)}:</span>{' '}
      <Link to="/c/$slug/alerts" params={{ slug }} search={{ alert: alert.alert_id }}>
        <bdi>{alert.headline}</bdi>
      </Link>
    </p>
  ) : null
