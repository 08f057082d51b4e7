import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { NetworkSearch } from './network-search.ts'

/** The state of the page, and how to change it: every choice goes to the address. */
export const useNetworkSearch = (): { search: NetworkSearch; change: (next: Partial<NetworkSearch>) => void } => {
  const search = useSearch({ strict: false }) as NetworkSearch
  const navigate = useNavigate()
  const change = useCallback(
    (next: Partial<NetworkSearch>) =>
      void navigate({ to: '.', search: ((now: NetworkSearch) => ({ ...now, ...next })) as never, resetScroll: false, replace: true }),
    [navigate],
  )
  return { search, change }
}
