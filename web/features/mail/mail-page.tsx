import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../../app/queries.ts'
import { MailList } from './mail-list.tsx'

/** All mail of this server, for administrators: what waits, what was sent, what failed, what would have been sent. */
export const MailPage = () => {
  useDocumentTitle('Mail · Barnraise')
  const { data: me } = useQuery(meQuery)
  if (me !== undefined && !me.is_administrator)
    return (
      <div className="stack-tight">
        <h1 className="display">Only administrators see this page</h1>
        <p className="lead">Managers find the mail of their community under “How the report is made”, on the page of its value report.</p>
      </div>
    )
  return (
    <div className="stack">
      <header className="stack-tight">
        <h1 className="display">Did the mail get out?</h1>
        <p className="lead">
          Reports, drafts and questions of all communities, the newest first. Each is sent once; what fails is tried again, and what nobody
          can know is left to you. Times are those of your own clock.
        </p>
      </header>
      <section className="card" aria-label="All mail">
        <MailList
          whose={null}
          timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
          empty="There was no mail yet. The first comes when a report is made for a community to which somebody has subscribed, or when somebody sends a test."
        />
      </section>
    </div>
  )
}
