import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { meQuery } from '../../app/queries.ts'
import { AccountForm } from './account-form.tsx'

/** After an invitation or a first link: how one will come back without it. */
export const WelcomePage = () => {
  useDocumentTitle('Welcome · Barnraise')
  const navigate = useNavigate()
  const { data: me } = useQuery(meQuery)
  if (me === undefined) return null
  return (
    <div className="stack">
      <header className="stack-tight">
        <h1 className="display">Welcome</h1>
        <p className="lead">
          The link that brought you here works once. With a name, an address and a password you can come back whenever you like.
        </p>
      </header>
      <AccountForm me={me} submit="Save and go on" onDone={() => void navigate({ to: '/', search: {} })} />
      <p>
        <Link to="/">Not now</Link>
      </p>
    </div>
  )
}
