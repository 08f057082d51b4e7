/** The mail of this community. */
export const MailSection = (_: { slug: string }) => null
