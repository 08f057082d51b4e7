/**
 * The text of a mail as others than its recipient may see it. Its links act for the recipient without signing in: they unsubscribe, answer
 * a question, open a report. Whoever looks at the mail must not be able to do that in the recipient's name.
 */

const ADDRESS = /https?:\/\/[^\s"'<>]+/g
// a token ends in its signature: a dot and 16 bytes as base64url, see report/signed-token.ts
const SIGNATURE = /([.]|%2E)[\w-]{22}(?![\w-])/gi

/** Text or HTML with the signature of every link taken out. */
export const hideSecrets = (text: string): string =>
  text.replace(ADDRESS, (address) => {
    const path = address.indexOf('/', address.indexOf('//') + 2)
    return path < 0 ? address : address.slice(0, path) + address.slice(path).replace(SIGNATURE, '$1hidden')
  })

/** a…@example.org: enough to recognise an address one knows. */
export const shortenAddress = (address: string): string => {
  const at = address.lastIndexOf('@')
  const [first = ''] = address
  return `${first}…${address.slice(Math.max(at, 0))}`
}
