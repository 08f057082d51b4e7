import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'

/** A part of a page that failed: what failed, what still holds, and another try. */
export const CardProblem = ({ what, error, onRetry }: { what: string; error: Error; onRetry: () => void }) => (
  <section className="card stack-tight" role="alert">
    <h2 className="title">{what} could not be shown</h2>
    <p className="measure">{error.message}</p>
    <p className="quiet measure">What else stands on this page still holds, and nothing that was sent has been lost.</p>
    <div>
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
  </section>
)

/** A part that has nothing to show yet: what would fill it, and how. */
export const CardEmpty = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="card stack-tight">
    <h2 className="title">{title}</h2>
    {children}
  </section>
)

/** Grey shapes in the place of what is being fetched; readers that speak hear that it is. */
export const Waiting = ({ heights }: { heights: number[] }) => (
  <div className="stack" role="status" aria-label="Loading">
    {heights.map((height, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: shapes without identity
      <Skeleton key={i} height={height} radius={6} />
    ))}
  </div>
)
