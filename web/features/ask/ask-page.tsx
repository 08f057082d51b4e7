import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { communitiesQuery } from '../../app/queries.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { asksQuery } from './ask-queries.ts'
import { AskerList } from './asker-list.tsx'
import { ContactSection } from './contact-section.tsx'
import { MadeList } from './made-list.tsx'
import { MailSetting } from './mail-setting.tsx'
import { OpenLinks } from './open-links.tsx'
import { RepliesCard } from './replies-card.tsx'
import { sayReplies } from './say-asks.ts'

const Asking = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(asksQuery(slug))
  if (data === undefined)
    return error ? <CardProblem what="The askers" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[96, 320, 200]} />
  const open = data.asks.filter((ask) => ask.state === 'made')
  const made = data.asks.filter((ask) => ask.state !== 'made')
  return (
    <>
      <p className="lead" role="status">
        {sayReplies(data.replies)}
      </p>
      {open.length === 0 ? null : <OpenLinks slug={slug} asks={open} timeZone={timeZone} />}
      <AskerList slug={slug} asks={data} timeZone={timeZone} />
      {data.replies.replied_count === 0 && data.stories.length === 0 && data.opt_out_count === 0 ? null : <RepliesCard asks={data} />}
      {made.length === 0 ? null : <MadeList slug={slug} asks={made} timeZone={timeZone} />}
      <MailSetting slug={slug} asks={data} />
      <ContactSection slug={slug} count={data.contact_count} />
    </>
  )
}

/** Who may be asked whether an answer helped, who was, and what they said. */
export const AskPage = () => {
  const { slug } = useParams({ from: '/shell/c/$slug/ask' })
  const { data, error, refetch } = useQuery(communitiesQuery)
  const community = data?.find((one) => one.slug === slug)
  const isManager = community?.role === 'administrator' || community?.role === 'manager'
  return (
    <div className="stack">
      <header className="stack-tight">
        <p className="small quiet">{community?.name ?? slug}</p>
        <h1 className="display">Ask the askers</h1>
        <p className="measure">
          Only who asked can say whether an answer helped and what it saved. What they say is the one claim of value in the{' '}
          <Link to="/c/$slug/report" params={{ slug }}>
            value report
          </Link>
          ; nothing is claimed for them.
        </p>
      </header>
      {data === undefined && error ? (
        <CardProblem what="The askers" error={error} onRetry={() => void refetch()} />
      ) : community === undefined ? (
        <Waiting heights={[96, 320]} />
      ) : isManager ? (
        <Asking slug={slug} timeZone={community.time_zone} />
      ) : (
        <CardEmpty title="For the community’s managers">
          <p className="measure">Whom to ask stands here with names, so it is shown to the managers of the community alone.</p>
        </CardEmpty>
      )}
    </div>
  )
}
