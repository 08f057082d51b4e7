import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** Keeps an open page up to date: asks again for what it shows whenever the community's numbers have changed. */
export const useLiveCommunity = (slug: string): void => {
  const client = useQueryClient()
  useEffect(() => {
    const stream = new EventSource(`/api/v1/communities/${encodeURIComponent(slug)}/live`)
    const refresh = () => {
      void client.invalidateQueries({ queryKey: ['community', slug] })
      void client.invalidateQueries({ queryKey: ['communities'] })
    }
    stream.addEventListener('refreshed', refresh)
    // what changed between loading the page and listening, or while the connection was broken, was told to nobody
    stream.addEventListener('open', refresh)
    return () => stream.close()
  }, [slug, client])
}
