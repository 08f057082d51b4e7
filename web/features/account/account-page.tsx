import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { communitiesQuery, meQuery } from '../../app/queries.ts'
import { AccountForm } from './account-form.tsx'

export const AccountPage = () => {
  useDocumentTitle('Your account · Barnraise')
  const { data: me } = useQuery(meQuery)
  const { data: communities } = useQuery(communitiesQuery)
  if (me === undefined) return null
  const nameOf = (slug: string) => communities?.find((c) => c.slug === slug)?.name ?? slug
  return (
    <div className="stack">
      <h1 className="display">Your account</h1>
      <AccountForm key={me.user.id} me={me} submit="Save" />
      <section className="stack-tight">
        <h2 className="title">What you may see</h2>
        {me.is_administrator ? <p>You are an administrator: you see and change everything.</p> : null}
        <ul style={{ paddingLeft: 20 }}>
          {me.roles.map(({ role, slug }) =>
            slug === null ? null : (
              <li key={`${role}-${slug}`}>
                {role} of{' '}
                <Link to="/c/$slug" params={{ slug }}>
                  <bdi>{nameOf(slug)}</bdi>
                </Link>
              </li>
            ),
          )}
        </ul>
        {!me.is_administrator && me.roles.length === 0 ? <p>You have not been invited to any community yet.</p> : null}
      </section>
    </div>
  )
}
