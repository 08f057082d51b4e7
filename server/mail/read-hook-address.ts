/** The address of a hook as somebody typed it: what can be known of it without asking the network. */
import { isIP } from 'node:net'
import type { HookKind } from '../../shared/contract/alert-hook.ts'
import { judgeAddress } from './judge-address.ts'

export type HookAddress = { url: URL; host: string }

/** A sentence where it cannot be used. `toPrivate`: the operator lets hooks reach the network this server stands in. */
export const readHookAddress = (text: string, kind: HookKind, { toPrivate }: { toPrivate: boolean }): HookAddress | string => {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    return 'This is no address. Write it whole, as it was given out: it begins with https://.'
  if (url.protocol === 'http:' && !toPrivate)
    return 'The address must begin with https://, so that nobody on the way reads what it says or learns where it goes.'
  if (url.username !== '' || url.password !== '') return 'Leave the user and the password out of the address: they are not sent.'
  // never sent either, and where a chat gives an address out, it has none
  if (url.hash !== '') return 'Leave out the # and what follows it: it is not sent.'
  const name = bareHost(url)
  if (isIP(name) !== 0) {
    const found = judgeAddress(name)
    if (found === 'never' || (found === 'own' && !toPrivate)) return sayUnreachable(name, found)
    if (url.protocol === 'http:' && found === 'public') return PLAIN_TO_PUBLIC
  } else if (!toPrivate && /(^|\.)(localhost|local|internal|home\.arpa)\.?$/.test(name)) return sayUnreachable(name, 'own')
  if (kind === 'slack' && /(^|\.)discord(app)?\.com$/.test(name) && !/\/slack\/?$/.test(url.pathname))
    return 'Discord takes such messages at the same address with /slack at its end.'
  return { url, host: url.host }
}

export const PLAIN_TO_PUBLIC = 'Only addresses within one’s own network may begin with http://; others must begin with https://.'

/** Without the brackets of IPv6. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

export const sayUnreachable = (name: string, found: 'own' | 'never'): string =>
  found === 'own'
    ? `${name} lies in the network that this server stands in. Hooks reach it only where the operator has set HOOKS_TO_PRIVATE=on.`
    : `${name} is not an address that hooks may reach.`
