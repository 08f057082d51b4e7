import { CopyButton } from '@mantine/core'
import classes from './data.module.css'

/** The command that sends one question; the key stands in it once one has just been made. */
const writeCurl = (origin: string, key: string, occurredAt: string): string =>
  [
    `curl -X POST ${origin}/api/v1/events \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"events":[{"id":"q-1","source":"forum","type":"question.asked","occurred_at":"${occurredAt}","actor":{"id":"ana","name":"Ana"},"title":"Which seal for hot oil?"}]}'`,
  ].join('\n')

export const CurlExample = ({ apiKey }: { apiKey?: string }) => {
  const text = writeCurl(window.location.origin, apiKey ?? '<key>', new Date().toISOString().replace(/\.\d+Z$/, 'Z'))
  return (
    <figure className={classes.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="scroll-x" tabIndex={0} aria-label="Command that sends one event">
        <pre>{text}</pre>
      </section>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <button type="button" className="plain-button no-print" onClick={copy}>
            {copied ? 'Copied' : 'Copy the command'}
          </button>
        )}
      </CopyButton>
    </figure>
  )
}
