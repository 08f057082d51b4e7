import { Link } from '@tanstack/react-router'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { startSentence } from '../../../shared/format.ts'
import { sayNoticed, sayStoodAtEnd } from '../../../shared/say-alert-time.ts'
import classes from './overview.module.css'

/** What stands among the alerts, or did when the data ended, with the way to it; nothing where none does. */
export const AlertLine = ({ community: { slug, last_alert: alert } }: { community: CommunitySummary }) =>
  alert && (alert.is_standing || alert.stood_on !== null) ? (
    <p className={classes.alert}>
      <span className="strong">{alert.stood_on === null ? 'An alert stands:' : `An alert ${sayStoodAtEnd(alert.stood_on, 'the')}:`}</span>{' '}
      <Link to="/c/$slug/alerts" params={{ slug }} search={{ alert: alert.alert_id }}>
        <bdi>{alert.headline}</bdi>
      </Link>{' '}
      <span className="quiet">{startSentence(sayNoticed(alert.rule, alert.began_on))}.</span>
    </p>
  ) : null
