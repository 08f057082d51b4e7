/** "ana at example.org", as archives hide addresses from programs that collect them. */
const HIDDEN_AT = /^([^\s@]+) (?:at|AT|\(at\)|\[at\]) ([^\s@]+)$/

/** The address as it is compared: without a hidden @, in lower case. Tags ("ana+list@") stay: not every server reads them as Ana's. */
export const normaliseEmail = (address: string): string => address.trim().replace(HIDDEN_AT, '$1@$2').toLowerCase()
