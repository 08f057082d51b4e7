import { CopyButton } from '@mantine/core'
import classes from './hooks.module.css'

/** Also in docs/alert-hooks.md, where it is tried by a test. */
// in two pieces, since this file imports nothing of the kind
const VERIFY = `import { createHmac, timingSafeEqual } from ${"'node:crypto'"}

// headers: in small letters; body: the text as it came, before it is parsed
export const isFromBarnraise = (headers, body, secret) => {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures } = headers
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const right = Buffer.from('v1,' + createHmac('sha256', key).update(\`\${id}.\${time}.\${body}\`).digest('base64'))
  const isSame = (one) => one.length === right.length && timingSafeEqual(one, right)
  return Math.abs(Date.now() / 1000 - Number(time)) < 300 && signatures.split(' ').some((one) => isSame(Buffer.from(one)))
}`

/** How a receiver knows that a webhook is ours. */
export const HowToVerify = () => (
  <details className={classes.how}>
    <summary>How a receiver knows that a webhook is from here</summary>
    <div className="stack-tight">
      <p className="measure">
        Webhooks are signed after{' '}
        <a href="https://www.standardwebhooks.com" rel="noreferrer">
          Standard Webhooks
        </a>
        , for which there are libraries in many languages. In Node it takes ten lines:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre className={classes.code} tabIndex={0}>
        {VERIFY}
      </pre>
      <p className="measure">
        A webhook may come twice, and not always in order: <code>webhook-id</code> is the same each time, and what is seen again can be
        dropped. Answer with 2xx within 15 seconds; with 410 the hook switches itself off.
      </p>
    </div>
  </details>
)

/** A secret, this once. */
export const ShownSecret = ({ secret, label, oldUntil }: { secret: string; label: string; oldUntil: string | null }) => (
  <div className={`${classes.shown} stack-tight`} role="status">
    <p className="strong">
      The secret of “<bdi>{label}</bdi>” is shown this once: give it to the receiver now.
    </p>
    <div className={classes.copyable}>
      <code className={classes.value}>{secret}</code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <button type="button" className="plain-button" onClick={copy} aria-label="Copy the secret">
            {copied ? 'Copied' : 'Copy'}
          </button>
        )}
      </CopyButton>
    </div>
    {oldUntil === null ? null : (
      <p className="measure">The secret before it signs as well until {oldUntil}, so that nothing is lost meanwhile.</p>
    )}
  </div>
)
