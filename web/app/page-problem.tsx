import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { ApiProblem } from './api.ts'

const titleOf = (status: number | undefined): string =>
  status === 0
    ? 'The server cannot be reached'
    : status === 403
      ? 'You may not see this'
      : status === 404
        ? 'There is no such page'
        : 'This page could not be shown'

/** A whole page that failed: what happened, what still holds, and a way on. */
export const PageProblem = ({ error }: ErrorComponentProps) => {
  const router = useRouter()
  const title = titleOf(error instanceof ApiProblem ? error.status : undefined)
  useDocumentTitle(`${title} · Barnraise`)
  return (
    <main className="stack-tight" style={{ maxWidth: 640, margin: '64px auto', padding: '0 16px' }}>
      <h1 className="display">{title}</h1>
      <p className="lead">{error instanceof Error ? error.message : 'Something went wrong in this page.'}</p>
      <p className="quiet">Nothing was lost: the events that were accepted are kept.</p>
      <div className="row">
        <Button onClick={() => void router.invalidate()}>Try again</Button>
        <Link to="/">All communities</Link>
      </div>
    </main>
  )
}

export const NotFoundPage = () => {
  useDocumentTitle('There is no such page · Barnraise')
  return (
    <main className="stack-tight" style={{ maxWidth: 640, margin: '64px auto', padding: '0 16px' }}>
      <h1 className="display">There is no such page</h1>
      <p className="lead">The address may be mistyped, or what stood here has been removed.</p>
      <Link to="/">All communities</Link>
    </main>
  )
}
