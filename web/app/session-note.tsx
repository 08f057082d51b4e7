import { useQueryClient } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { get } from './api.ts'
import { noteSignedIn, useSessionEnded } from './session.ts'
import classes from './shell.module.css'

/**
 * Says that the session has ended, without taking away what somebody has just typed: they sign in in another tab, and this one goes on
 * as soon as it is looked at again.
 */
export const SessionNote = () => {
  const hasEnded = useSessionEnded()
  const client = useQueryClient()
  const here = useRouterState({ select: (state) => state.location.href })
  useEffect(() => {
    if (!hasEnded) return
    const lookAgain = () => {
      if (document.visibilityState !== 'visible') return
      get('/api/v1/me').then(
        () => {
          noteSignedIn()
          void client.invalidateQueries()
        },
        () => undefined,
      )
    }
    document.addEventListener('visibilitychange', lookAgain)
    window.addEventListener('focus', lookAgain)
    return () => {
      document.removeEventListener('visibilitychange', lookAgain)
      window.removeEventListener('focus', lookAgain)
    }
  }, [hasEnded, client])
  return hasEnded ? (
    <p role="alert" className={`${classes.lost} no-print`}>
      You have been signed out. <a href={`/sign-in?to=${encodeURIComponent(here)}`}>Sign in</a>, or{' '}
      <a href="/sign-in" target="_blank" rel="noopener">
        sign in in another tab
      </a>{' '}
      and come back: what you have typed here is kept.
    </p>
  ) : null
}
