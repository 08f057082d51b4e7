/** A connection to the place a hook names. What its name leads to is judged at the moment of connecting, so that no name can change its mind between. */
import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns'
import { connect as connectPlain, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { judgeAddress } from './judge-address.ts'
import { bareHost, PLAIN_TO_PUBLIC, sayUnreachable } from './read-hook-address.ts'

/** As dns.lookup with `all`. */
export type Resolve = (
  name: string,
  options: LookupOptions & { all: true },
  done: (error: Error | null, found: LookupAddress[]) => void,
) => void

export type ConnectOptions = {
  toPrivate: boolean
  timeoutMs: number
  signal: AbortSignal
  /** The system's own unless given. */
  resolve?: Resolve | undefined
  /** Further certificates to trust, for tests. */
  ca?: string | undefined
}

/** What keeps a hook from being reached for good, rather than for now; the message is for whoever looks after it. */
export class UnreachableHook extends Error {
  override name = 'UnreachableHook'
}

/** Throws `UnreachableHook`, or what the network says. */
export const connectToHook = (url: URL, { toPrivate, timeoutMs, signal, resolve = systemLookup, ca }: ConnectOptions): Promise<Socket> => {
  const isTls = url.protocol === 'https:'
  const name = bareHost(url)
  const judge = (address: string): UnreachableHook | null => {
    const found = judgeAddress(address)
    if (found === 'never' || (found === 'own' && !toPrivate)) {
      const leads = address === name ? address : `${name} leads to ${address}, and that`
      return new UnreachableHook(sayUnreachable(leads, found))
    }
    return found === 'public' && !isTls ? new UnreachableHook(PLAIN_TO_PUBLIC) : null
  }
  // one bad address is enough: of several, the connection takes whichever answers first
  const lookup: LookupFunction = (host, options, done) =>
    resolve(host, { ...options, all: true }, (error, found) => {
      const refusal = error ?? found.map(({ address }) => judge(address)).find((one) => one !== null) ?? null
      const [first] = found ?? []
      if (refusal !== null || first === undefined) done(refusal ?? new Error(`${host} leads nowhere`), '', 4)
      else if (options.all) done(null, found)
      else done(null, first.address, first.family)
    })
  return new Promise((settle, fail) => {
    const refusal = isIP(name) === 0 ? null : judge(name)
    if (refusal !== null) return fail(refusal)
    const target = { host: name, port: Number(url.port) || (isTls ? 443 : 80), lookup }
    const socket = isTls
      ? connectTls({ ...target, ALPNProtocols: ['http/1.1'], ...(isIP(name) === 0 ? { servername: name } : {}), ...(ca ? { ca } : {}) })
      : connectPlain(target)
    const end = (error: Error) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      socket.destroy()
      fail(error)
    }
    const timer = setTimeout(() => end(new Error('It did not answer in time.')), timeoutMs)
    const stop = () => end(new Error('The program was stopped before it was sent.'))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop)
    socket.once('error', end)
    socket.once('close', () => end(new Error('It closed the connection at once.')))
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      socket.removeAllListeners('close')
      socket.off('error', end)
      // what happens between here and the request is found by the request
      socket.on('error', () => {})
      settle(socket)
    })
  })
}
