import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** What the receiver of a hook does with a request; or the answer it gives. */
export type HookFate =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'hang'
  | 'trickle headers'
  | 'trickle body'
  | 'die after request'
  | 'speak no http'
export type PostedHook = { path: string; headers: Record<string, string>; body: string }

/** For the name hook.example alone, and known to nobody: a test says that it trusts it. */
export const HOOK_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnTCCAUSgAwIBAgIUe7R5XXP27UJhOS4GmG1q45ow1gcwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMaG9vay5leGFtcGxlMCAXDTI2MTEyNDAzNTk0N1oYDzIxMjYx
MDMxMDM1OTQ3WjAXMRUwEwYDVQQDDAxob29rLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAARQurBUqWRCkBlTdeGCT20cmLRkspNVRfItqmRg4BEqmmsX
baiZ1QOafp3ToNaCqmMfeKqtD44R3D4HHFEokNboo2wwajAdBgNVHQ4EFgQULgqO
NkCJaJxMstffohyyHIzkHOYwHwYDVR0jBBgwFoAULgqONkCJaJxMstffohyyHIzk
HOYwDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxob29rLmV4YW1wbGUwCgYI
KoZIzj0EAwIDRwAwRAIgCJxVroOUkXhwq6rqMYxDdTyKLukFm+lnNKhRNHtImKYC
IHBY6BuSN1I91W6iZaM33mKivXJld6CmBDWUFxc/6BHo
-----END CERTIFICATE-----`
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcScqYrnp2jB8m758
xKtgzqcYX8g03OSsPEQhJ/ULIRyhRANCAARQurBUqWRCkBlTdeGCT20cmLRkspNV
RfItqmRg4BEqmmsXbaiZ1QOafp3ToNaCqmMfeKqtD44R3D4HHFEokNbo
-----END PRIVATE KEY-----`

/** A real HTTP server that treats each request as it is told to, and says which came, whole, before it answered. */
export const startHookServer = async ({
  fate = () => ({ status: 200 }),
  tls = false,
}: {
  fate?: (time: number) => HookFate
  tls?: boolean
} = {}) => {
  const posted: PostedHook[] = []
  const sockets = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  /** A byte now and then, for ever: there is always something, and never an end. */
  const trickle = (socket: Socket, first: string) => {
    socket.write(first)
    timers.add(setInterval(() => socket.write('x'), 20))
  }
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    posted.push({
      path: request.url ?? '',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(chunks).toString('utf8'),
    })
    const chosen = fate(posted.length)
    const { socket } = request
    if (typeof chosen !== 'string') response.writeHead(chosen.status, chosen.headers).end(chosen.body ?? '')
    else if (chosen === 'trickle headers') trickle(socket, 'HTTP/1.1 200 OK\r\nx-slow: ')
    else if (chosen === 'trickle body') trickle(socket, 'HTTP/1.1 202 Accepted\r\n\r\n')
    else if (chosen === 'speak no http') socket.end('220 mail.example.org ESMTP\r\n')
    else if (chosen === 'die after request') socket.destroy()
  }
  const listener = (request: IncomingMessage, response: ServerResponse) => void take(request, response).catch(() => response.destroy())
  const server = tls ? createTlsServer({ key: KEY, cert: HOOK_CERTIFICATE }, listener) : createServer(listener)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}/in?key=s3cret`,
    posted,
    close: async () => {
      for (const timer of timers) clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
export type TestHookServer = Awaited<ReturnType<typeof startHookServer>>
