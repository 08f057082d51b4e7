import { CopyButton } from '@mantine/core'
import type { MadeWebhook } from '../../../shared/contract/webhook.ts'
import classes from './webhook-section.module.css'

const Copyable = ({ what, value }: { what: string; value: string }) => (
  <div className={classes.copyable}>
    <span className={classes.value}>{value}</span>
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <button type="button" className="plain-button" onClick={copy} aria-label={`Copy the ${what}`}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      )}
    </CopyButton>
  </div>
)

const Discourse = ({ hook }: { hook: MadeWebhook }) => (
  <ol className={classes.steps}>
    <li>
      In your Discourse open <b>Admin</b>, <b>Advanced</b>, <b>Webhooks</b> (in older versions <b>API</b>, <b>Webhooks</b>) and add one.
    </li>
    <li>
      <b>Payload URL</b>
      <Copyable what="address" value={hook.url} />
    </li>
    <li>
      <b>Content type</b>: application/json. <b>Secret</b>
      <Copyable what="secret" value={hook.secret} />
    </li>
    <li>
      Choose <b>Select individual events</b>: posts created, updated, deleted and recovered; users created and deleted; likes; and, with the
      plugin Solved, both of its events.
    </li>
    <li>
      Name the categories under <b>Triggered categories</b> unless all of them belong to the community: Discourse sends private ones too.
    </li>
    <li>
      Save it and press <b>Ping</b>. The delivery is seen above, some seconds later.
    </li>
  </ol>
)

const Github = ({ hook }: { hook: MadeWebhook }) => (
  <ol className={classes.steps}>
    <li>
      On GitHub open the repository’s or organization’s <b>Settings</b>, <b>Webhooks</b>, <b>Add webhook</b>.
    </li>
    <li>
      <b>Payload URL</b>
      <Copyable what="address" value={hook.url} />
    </li>
    <li>
      <b>Content type</b>: application/json. <b>Secret</b>
      <Copyable what="secret" value={hook.secret} />
    </li>
    <li>
      Choose <b>Let me select individual events</b>: Discussions, Discussion comments, Issues, Issue comments, Pull requests, Pull request
      reviews, Pull request review comments.
    </li>
    <li>
      Press <b>Add webhook</b>. GitHub sends a ping, which is seen above some seconds later.
    </li>
  </ol>
)

/** What to do with a feed that was just made; its secret is shown this once. */
export const WebhookSteps = ({ hook }: { hook: MadeWebhook }) => (
  <div className={`${classes.shown} stack-tight`} role="status">
    <p className="strong">The secret is shown this once: set the webhook up now.</p>
    {hook.kind === 'discourse' ? <Discourse hook={hook} /> : <Github hook={hook} />}
  </div>
)
