import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { Mail } from '../../../shared/contract/mail.ts'
import { ChangeMail } from './change-mail.tsx'
import { MailPreview } from './mail-preview.tsx'
import type { Whose } from './mail-queries.ts'
import classes from './mail.module.css'
import { nameKind, sayAnswer, sayState, sayTimes } from './say-mail.ts'

type RowProps = { whose: Whose; mail: Mail; timeZone: string; hasServer: boolean }

/** One mail: what became of it, to whom, and what can be done about it. */
export const MailRow = ({ whose, mail, timeZone, hasServer }: RowProps) => {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const answer = sayAnswer(mail)
  const isTrouble = mail.state === 'refused' || mail.state === 'uncertain'
  return (
    <li className={classes.row} data-trouble={isTrouble}>
      <p className={classes.state}>{sayState(mail, hasServer)}</p>
      <div className={classes.what}>
        <p className={`measure ${classes.anywhere}`}>
          <bdi className="strong">{mail.subject}</bdi>
        </p>
        <p className={`small ${classes.anywhere}`}>
          To {mail.to.name === null ? null : <bdi>{mail.to.name}, </bdi>}
          <bdi>{mail.to.address}</bdi>
          {mail.to.is_shortened ? <span className="quiet"> (a member’s address is not shown whole)</span> : null}
        </p>
        {answer === null ? null : <p className={`measure ${classes.anywhere}`}>{answer}</p>}
        <p className="quiet small">
          {nameKind(mail)}
          {whose !== null || mail.community === null ? null : (
            <>
              {', '}
              <Link to="/c/$slug/report/settings" params={{ slug: mail.community.slug }}>
                <bdi>{mail.community.name}</bdi>
              </Link>
            </>
          )}
          {'. '}
          {sayTimes(mail, timeZone, hasServer)}
          {mail.again_of === null
            ? null
            : ` Sent again${mail.changed_by === null || mail.state === 'cancelled' ? '' : ` by ${mail.changed_by}`}.`}
          {mail.sent_again_as === null ? null : ' Has been sent again since.'}
        </p>
        <div className="row no-print">
          <button
            type="button"
            className="plain-button"
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={`${isOpen ? 'Close' : 'Look at it'}: ${mail.subject}, to ${mail.to.address}`}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Close' : 'Look at it'}
          </button>
          {mail.can_resend ? <ChangeMail whose={whose} mail={mail} what="resend" /> : null}
          {mail.can_cancel ? <ChangeMail whose={whose} mail={mail} what="cancel" /> : null}
        </div>
        <div id={id}>{isOpen ? <MailPreview whose={whose} mailId={mail.mail_id} subject={mail.subject} /> : null}</div>
      </div>
    </li>
  )
}
