import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Mail } from '../../../shared/contract/mail.ts'
import { request } from '../../app/api.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { mailsKey, mailsPath, type Whose } from './mail-queries.ts'

type Words = { press: string; ask: string; why: string; yes: string; no: string }

const sayResend = (mail: Mail): Words => ({
  press: 'Send again',
  ask: 'Send this mail again?',
  why:
    mail.state === 'uncertain' && mail.channel === 'mail'
      ? 'It may have arrived already. Both copies carry the same number, so that most mail programs show only one, but not all do.'
      : mail.state === 'uncertain'
        ? 'It may have arrived already, and would then be seen twice.'
        : 'It goes out as it is, with the numbers it had when it was written.',
  yes: 'Send it again',
  no: 'Leave it',
})
const sayCancel = (): Words => ({
  press: 'Take back',
  ask: 'Take this mail back?',
  why: 'It is not sent then, unless somebody sends it again by hand.',
  yes: 'Take it back',
  no: 'Let it go',
})

/** Sends a mail again, or takes it back, after a question. */
export const ChangeMail = ({ whose, mail, what }: { whose: Whose; mail: Mail; what: 'resend' | 'cancel' }) => {
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const change = useMutation({
    mutationFn: () => request<Mail>('POST', `${mailsPath(whose)}/${mail.mail_id}/${what}`),
    onSuccess: () => setAsking(false),
    // done, or done by somebody else meanwhile: either way the list shows what is
    onSettled: () => client.invalidateQueries({ queryKey: [...mailsKey(whose), 'list'] }),
  })
  const words = what === 'resend' ? sayResend(mail) : sayCancel()
  return (
    <>
      <button
        type="button"
        className="plain-button"
        onClick={() => setAsking(true)}
        aria-label={`${words.press}: ${mail.subject}, to ${mail.to.address}`}
      >
        {words.press}
      </button>
      <AreYouSure
        isOpen={isAsking}
        title={words.ask}
        yes={words.yes}
        no={words.no}
        isPending={change.isPending}
        error={change.error}
        onYes={() => change.mutate()}
        onClose={() => setAsking(false)}
      >
        “<bdi>{mail.subject}</bdi>” to <bdi>{mail.to.address}</bdi>. {words.why}
      </AreYouSure>
    </>
  )
}
