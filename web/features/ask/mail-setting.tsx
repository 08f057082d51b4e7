import { Switch } from '@mantine/core'
import type { Asks } from '../../../shared/contract/ask.ts'
import { Failure } from '../../ui/failure.tsx'
import { askPath, useAskChange } from './ask-queries.ts'
import classes from './ask.module.css'

/** Mailing by itself, off until a manager turns it on, with the mail as it would be. */
export const MailSetting = ({ slug, asks }: { slug: string; asks: Asks }) => {
  const change = useAskChange<boolean>(slug, {
    method: 'PUT',
    path: () => askPath(slug, 'asks', 'setting'),
    body: (is_mailing) => ({ is_mailing, version: asks.setting.version }),
  })
  return (
    <section className="card stack-tight" aria-labelledby="by-itself">
      <h2 className="title" id="by-itself">
        By mail, without anybody pressing a button
      </h2>
      <Switch
        label="Mail askers whose address is known, some days after the answer"
        checked={asks.setting.is_mailing}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      {asks.can_mail ? null : (
        <p className="measure">
          This server has no mail server to send by (<code>SMTP_URL</code>), so nothing is mailed, whatever stands here.
        </p>
      )}
      <p className="quiet measure">
        {asks.contact_count === 0
          ? 'No address is known: Barnraise keeps none of the members’ addresses unless you give them below.'
          : 'Only by day where the community lives, and only questions that their source calls questions.'}
      </p>
      <Failure error={change.error} />
      <details>
        <summary className={classes.summary}>The mail</summary>
        <p className="strong">{asks.mail.subject}</p>
        <p className={classes.post}>{asks.mail.text}</p>
      </details>
    </section>
  )
}
