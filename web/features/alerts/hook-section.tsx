/** Other ways out: signed webhooks and messages to a chat. */
export const HookSection = (_: { slug: string; isManager: boolean }) => null
