/** The mail with a link that somebody asked for on the sign-in page. */
import { composeMail } from './mail-page.ts'

export const signInMail = ({ name, link, minutes }: { name: string; link: string; minutes: number }) =>
  composeMail({
    subject: 'Your sign-in link for Barnraise',
    paragraphs: [`Hello ${name},`, `this link signs you in to Barnraise. It works once, for ${minutes} minutes.`],
    link: { text: 'Sign in', address: link },
    closing: 'You did not ask for it? Then leave it unused: nobody can sign in without this mail.',
  })
