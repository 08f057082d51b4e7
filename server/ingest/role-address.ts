/** Mailboxes of a task rather than of a person: RFC 2142, and what programs and lists send from. Our judgement beyond that. */
const ROLES = new Set(
  'info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp admin administrator root contact hello mail email office team help helpdesk service services feedback press media billing accounts jobs hr moderator moderators mod mods list lists owner announce announcements notification notifications notify alert alerts newsletter mailer mailer-daemon daemon bounce bounces community forum discourse slack github zulip everyone all staff board events training nobody anonymous unknown guest user test'.split(
    ' ',
  ),
)
/** However it is hyphenated, and whatever is put behind it: no-reply, donotreply, noreply-12. */
const NO_REPLY = /^(?:no|do-?not)[-_.]?reply/
const LIST_ENDS = /[-_.+](?:owner|request|bounces?|admin|confirm|subscribe|unsubscribe|noreply|no-reply)$/

/** Whether an address (in lower case) belongs to a task, a program or a list, so that it tells nobody apart. */
export const isRoleAddress = (address: string): boolean => {
  const local = address.slice(0, address.lastIndexOf('@'))
  return ROLES.has(local.replace(/\+.*$/, '')) || NO_REPLY.test(local) || LIST_ENDS.test(local)
}
