import { Link } from '@tanstack/react-router'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
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
    <section className="card stack-tight">
      <h2 className="title">Send a first event</h2>
      <p className="measure">
        {community.role === 'administrator' || community.role === 'manager' ? (
          <>
            Make a key on the page{' '}
            <Link to="/c/$slug/data" params={{ slug: community.slug }}>
              Data
            </Link>{' '}
            and put it in this command, or import a file with <code>npm run cli -- import</code>.
          </>
        ) : (
          'The community’s manager can make a key and send events, or import a file.'
        )}
      </p>
      <CurlExample />
    </section>
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
