import { useQuery } from '@tanstack/react-query'
import { communitiesQuery } from '../../app/queries.ts'
import { MailList } from '../mail/mail-list.tsx'

/** The mail of this community. */
export const MailSection = ({ slug }: { slug: string }) => {
  const { data } = useQuery(communitiesQuery)
  const timeZone = data?.find((one) => one.slug === slug)?.time_zone
  return (
    <section className="card stack-tight" aria-labelledby="mail">
      <h2 className="title" id="mail">
        Did the mail get out?
      </h2>
      <p className="measure">What was sent for this community, what waits, and what was refused. Each mail is sent once.</p>
      {timeZone === undefined ? null : (
        <MailList
          whose={slug}
          timeZone={timeZone}
          empty="There was no mail yet. It comes with the first report that somebody gets, or with a test."
        />
      )}
    </section>
  )
}
