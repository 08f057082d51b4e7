import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Failure } from '../../ui/failure.tsx'
import { mailTextQuery, type Whose } from './mail-queries.ts'
import classes from './mail.module.css'

// nothing is fetched from anywhere, no script runs, and a link that is pressed leads nowhere
const RULES = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><base target="_blank">`

/** The mail's own HTML with rules that its sandbox keeps; they stand inside of its head, or before everything where it has none. */
export const confine = (html: string): string => {
  const head = /<head\b[^>]*>/i.exec(html)
  return head === null ? `${RULES}${html}` : html.slice(0, head.index + head[0].length) + RULES + html.slice(head.index + head[0].length)
}

/** A mail as HTML, and as text for those who read no HTML. */
export const ShowMail = ({ html, text, subject }: { html: string; text: string; subject: string }) => {
  return (
    <div className={classes.preview}>
      <figure className={classes.part}>
        <figcaption className="small quiet">As most programs show it; its links do not work here</figcaption>
        <iframe className={classes.html} sandbox="" srcDoc={confine(html)} title={`The mail “${subject}”`} />
      </figure>
      <figure className={classes.part}>
        <figcaption className="small quiet">As text, for programs that show no HTML</figcaption>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
        <pre className={classes.text} tabIndex={0} dir="auto">
          {text}
        </pre>
      </figure>
    </div>
  )
}

/** What is posted to a hook, set out to be read; the bytes that are signed have no spaces between. */
const ShowBody = ({ text }: { text: string }) => (
  <figure className={classes.part}>
    <figcaption className="small quiet">What is posted, as JSON</figcaption>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
    <pre className={classes.text} tabIndex={0}>
      {JSON.stringify(JSON.parse(text), null, 2)}
    </pre>
  </figure>
)

/** A mail of the outbox as its recipient gets it. */
export const MailPreview = ({ whose, mailId, subject }: { whose: Whose; mailId: string; subject: string }) => {
  const { data, error } = useQuery(mailTextQuery(whose, mailId))
  if (data === undefined) return error ? <Failure error={error} /> : <Skeleton height={320} radius={6} />
  if (data.html === null || data.text === null)
    return <p className="quiet measure">The text of this mail is not kept any more. That it was put in, and what became of it, stays.</p>
  if (data.channel !== 'mail') return <ShowBody text={data.text} />
  return <ShowMail html={data.html} text={data.text} subject={subject} />
}
