import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { communitiesQuery } from '../../app/queries.ts'
import { CostSection } from './cost-section.tsx'
import { LinkSection } from './link-section.tsx'
import { MailSection } from './mail-section.tsx'
import { ScheduleSection } from './schedule-section.tsx'
import { SubscriptionSection } from './subscription-section.tsx'

/** What a report is made with and who gets it, for the managers of a community. */
export const ReportSettingsPage = () => {
  const { slug } = useParams({ from: '/shell/c/$slug/report/settings' })
  const { data } = useQuery(communitiesQuery)
  const community = data?.find((one) => one.slug === slug)
  return (
    <div className="stack">
      <header className="stack-tight">
        <p className="small quiet">{community?.name ?? slug}</p>
        <h1 className="display">How the report is made</h1>
        <p className="measure">
          The{' '}
          <Link to="/c/$slug/report" params={{ slug }}>
            value report
          </Link>{' '}
          is made by itself on the first of each month. Here stands when, what the community costs, and who gets it. What members say it was
          worth to them comes from{' '}
          <Link to="/c/$slug/ask" params={{ slug }}>
            asking the askers
          </Link>
          .
        </p>
      </header>
      <ScheduleSection slug={slug} />
      <CostSection slug={slug} />
      <SubscriptionSection slug={slug} />
      <LinkSection slug={slug} />
      <MailSection slug={slug} />
    </div>
  )
}
