import { Link } from '@tanstack/react-router'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { LinkButton } from '../../app/link-button.tsx'
import { FirstSteps } from '../guide/first-steps.tsx'
import { CurlExample } from '../data/curl-example.tsx'

/** A community that nothing has been heard of: what would fill this page, and how. */
export const NoEvents = ({ community }: { community: CommunitySummary }) => (
  <div className="stack">
    <header className="stack-tight">
      <p style={{ fontSize: 'var(--size-lead)' }}>
        <bdi>{community.name}</bdi>
      </p>
      <h1 className="display">Nothing has been heard of this community yet</h1>
      <p className="lead">
        As soon as its first events arrive, this page counts them. A verdict needs about eight weeks of history, 30 contributions and five
        people.
      </p>
    </header>
    {community.role === 'administrator' || community.role === 'manager' ? (
      <>
        <FirstSteps community={community} />
        <section className="card stack-tight">
          <h2 className="title">Bring its history</h2>
          <p className="measure">
            Drop the export of the place where it talks (Slack, a mailing list, a forum, a spreadsheet) and see the verdict in a minute.
          </p>
          <div>
            <LinkButton to="/c/$slug/import" params={{ slug: community.slug }} size="md">
              Import a file
            </LinkButton>
          </div>
        </section>
        <section className="card stack-tight">
          <h2 className="title">Or have a program send events</h2>
          <p className="measure">
            Make a key on the page{' '}
            <Link to="/c/$slug/data" params={{ slug: community.slug }}>
              Data
            </Link>{' '}
            and put it in this command.
          </p>
          <CurlExample />
        </section>
      </>
    ) : (
      <p className="measure">The community’s manager can import a file or have a program send events.</p>
    )}
  </div>
)

/** Not there, or not for this reader: the two are not told apart. */
export const NotFound = ({ slug }: { slug: string }) => (
  <div className="stack-tight">
    <h1 className="display">There is no such community</h1>
    <p className="lead">
      Nothing that you may see is called “<bdi style={{ overflowWrap: 'anywhere' }}>{slug.slice(0, 80)}</bdi>”. It may have been removed, or
      you may need to be invited to it.
    </p>
    <Link to="/">All communities</Link>
  </div>
)
