import classes from './mail.module.css'

/** That nothing leaves, and what to do about it. */
export const NoMailServer = ({ tryDays }: { tryDays: number }) => (
  <div className={classes.notice}>
    <p className="strong">No mail server is set, so no mail leaves.</p>
    <p className="measure">
      Every mail is kept here as it would have been sent. For mail to leave, whoever runs this server sets two things and starts it again:
    </p>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
    <pre className={classes.example} tabIndex={0}>
      {'SMTP_URL=smtps://user:password@mail.example.org\nMAIL_FROM="Barnraise <barnraise@example.org>"'}
    </pre>
    <p className="measure">
      Then what has waited no longer than {tryDays} days is sent. Older mail is not, so that nobody gets last year’s reports in one morning;
      it can be sent by hand.
    </p>
  </div>
)
