/** The mail that invites somebody to see, or to look after, communities. */
import { composeMail } from './mail-page.ts'

export type InvitationMail = { name: string; invited_by: string; role: string; community_names: string[]; link: string; days: number }

const LISTED_NAMES = 10

const listNames = (names: string[]): string => {
  const shown = names.slice(0, LISTED_NAMES)
  const more = names.length - shown.length
  const all = more > 0 ? [...shown, `${more} more`] : shown
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

/** `community_names` is empty for an administrator. */
export const invitationMail = ({ name, invited_by, role, community_names, link, days }: InvitationMail) =>
  composeMail({
    subject: `${invited_by} invites you to Barnraise`,
    paragraphs: [
      `Hello ${name},`,
      `${invited_by} invites you to Barnraise as ${role === 'administrator' ? 'an administrator' : `a ${role} of ${listNames(community_names)}`}.`,
      'Barnraise shows whether the members of a community help each other, and how we know.',
    ],
    link: { text: 'Accept and sign in', address: link },
    closing: `The link works once, for ${days} days. Were you not expecting it? Then leave it unused.`,
  })
