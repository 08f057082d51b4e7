import { useEffect, useRef } from 'react'
import { joinWords } from '../../../shared/format.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import { Failure } from '../../ui/failure.tsx'
import { type Said, shownName, useSaying } from './identity-queries.ts'
import classes from './identity-section.module.css'

const sayNames = (accounts: Said['accounts']): string =>
  joinWords([...new Set(accounts.map((one) => `${quoteName(shownName(one))} (${one.source})`))])

const saySaid = (said: Said): string => {
  const names = sayNames(said.accounts)
  if (said.what === 'merged') return `${names} are one person. The numbers follow by themselves.`
  if (said.what === 'dismissed') return `${names} are different people, and are not suggested again.`
  return `${names} counts as another person than ${sayNames(said.others)} again. The numbers follow by themselves.`
}

/** What was just said, where it was said, with the way back; takes the place of the buttons, and the focus that they had. */
export const SaidLine = ({ slug, said, onUndone }: { slug: string; said: Said; onUndone: () => void }) => {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus({ preventScroll: true }), [])
  const { mutate, isPending, error } = useSaying(slug, onUndone)
  return (
    <>
      <p role="status" className={classes.said}>
        <bdi>{saySaid(said)}</bdi>{' '}
        <button
          ref={button}
          type="button"
          className="plain-button no-print"
          disabled={isPending}
          onClick={() => mutate({ say: 'undo', said })}
        >
          {isPending ? 'Taking it back …' : 'Undo'}
        </button>
      </p>
      <Failure error={error} />
    </>
  )
}
