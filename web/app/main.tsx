import '@mantine/core/styles.css'
import './fonts.css'
import './app.css'
import { MantineProvider } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './api.ts'
import { meQuery } from './queries.ts'
import { createAppRouter } from './router.tsx'
import { resolveVariables, theme } from './theme.ts'

const client = new QueryClient({
  queryCache: new QueryCache({
    // a session that ended while a page was open: the shell asks again who is reading and leads to the sign-in page
    onError: (error, query) => {
      if (!(error instanceof ApiProblem) || error.status !== 401 || query.queryKey[0] === 'me') return
      client.removeQueries({ queryKey: meQuery.queryKey })
      void router.invalidate()
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal will not change by asking again; a broken line or a restarting server may
      retry: (count, error) => count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 502),
    },
  },
})
const router = createAppRouter(client)

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
