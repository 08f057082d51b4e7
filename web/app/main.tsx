import '@mantine/core/styles.css'
import './fonts.css'
import './app.css'
import { MantineProvider } from '@mantine/core'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { setRegion } from '../../shared/format.ts'
import { ApiProblem } from './api.ts'
import { readRegion } from './read-region.ts'
import { createAppRouter } from './router.tsx'
import { meQuery } from './queries.ts'
import { noteFailure, noteSignedIn } from './session.ts'
import { resolveVariables, theme } from './theme.ts'

/** A session can only end for somebody who was signed in: a wrong password is none. */
const noteEnd = (error: unknown) => {
  if (client.getQueryData(meQuery.queryKey) !== undefined) noteFailure(error)
}

const client: QueryClient = new QueryClient({
  // a session that ended while a page was open is said above the page, which keeps what was typed
  queryCache: new QueryCache({
    onError: (error, query) => (query.queryKey[0] === 'me' ? undefined : noteEnd(error)),
    onSuccess: (_, query) => (query.queryKey[0] === 'me' ? noteSignedIn() : undefined),
  }),
  mutationCache: new MutationCache({ onError: (error) => noteEnd(error) }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal will not change by asking again; a broken line or a restarting server may
      retry: (count, error) => count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 502),
    },
  },
})
const router = createAppRouter(client)

setRegion(readRegion(navigator.language))

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
