import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** What a mail server does with a mail. The last six end with the connection, in one way or another. */
export const MAIL_FATES = [
  'take',
  'refuse recipient',
  'defer recipient',
  'refuse message',
  'defer message',
  'say goodbye',
  'stall before data',
  'stall after data',
  'die before data',
  'die in data',
  'die after data, kept',
  'die after data, lost',
] as const
export type MailFate = (typeof MAIL_FATES)[number]
export type HeldMail = { to: string; message_id: string; raw: string; is_encrypted: boolean }

type Options = {
  /** Decides for each mail that comes in, by its recipient, and whether it is the first, second… for that one. */
  fate?: (to: string, time: number) => MailFate
  /** Says nothing when somebody connects. */
  isMute?: boolean
  offersUtf8?: boolean
  offersPipelining?: boolean
  /** Speaks TLS from the start, or offers it by STARTTLS, with a certificate that nobody knows. */
  tls?: 'at once' | 'offered'
  /** Asks for this user and password. */
  login?: { user: string; password: string }
}

const reply = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

/** A real SMTP server that treats each mail as it is told to, and says which mails it holds. */
export const startMailServer = async ({ fate = () => 'take', ...options }: Options = {}) => {
  const held: HeldMail[] = []
  const times = new Map<string, number>()
  const sockets = new Map<number, Socket>()
  const fates = new Map<string, MailFate>()
  let connections = 0
  let onData = () => {}
  let onRecipient = () => {}
  const server = new SMTPServer({
    authOptional: options.login === undefined,
    allowInsecureAuth: true,
    secure: options.tls === 'at once',
    disabledCommands: options.tls === 'offered' ? [] : ['STARTTLS'],
    hideSMTPUTF8: options.offersUtf8 === false,
    hidePIPELINING: options.offersPipelining === false,
    disableReverseLookup: true,
    closeTimeout: 50,
    onAuth: (auth, _session, done) =>
      auth.username === options.login?.user && auth.password === options.login?.password
        ? done(null, { user: auth.username })
        : done(reply(535, 'who are you')),
    onConnect: (_session, done) => {
      connections += 1
      if (!options.isMute) done()
    },
    onRcptTo: ({ address }, session, done) => {
      const time = (times.get(address) ?? 0) + 1
      times.set(address, time)
      const next = fate(address, time)
      fates.set(session.id, next)
      onRecipient()
      if (next === 'refuse recipient') return done(reply(550, 'mailbox unavailable'))
      if (next === 'defer recipient') return done(reply(451, '4.7.1 greylisted, come back later'))
      if (next === 'stall before data') return
      if (next === 'die before data') return void sockets.get(session.remotePort)?.destroy()
      done()
    },
    onData: (stream, session, done) => {
      const next = fates.get(session.id)
      const die = () => sockets.get(session.remotePort)?.destroy()
      if (next === 'die in data') return void stream.once('data', die)
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8')
        const keep = () =>
          held.push({
            to: session.envelope.rcptTo.map((each) => each.address).join(),
            message_id: /^Message-ID: (.*)$/im.exec(raw)?.[1] ?? '',
            raw,
            is_encrypted: session.secure,
          })
        onData()
        if (next === 'refuse message') return done(reply(554, '5.7.1 looks like spam'))
        if (next === 'defer message') return done(reply(452, '4.3.1 no room just now'))
        if (next === 'die after data, lost') return void die()
        if (next === 'say goodbye') {
          keep()
          return done(reply(421, 'closing'))
        }
        keep()
        if (next === 'stall after data') return
        if (next === 'die after data, kept') return void die()
        done()
      })
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort as number
    sockets.set(port, socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(port))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const login = options.login ? `${encodeURIComponent(options.login.user)}:${encodeURIComponent(options.login.password)}@` : ''
  return {
    url: `${options.tls === 'at once' ? 'smtps' : 'smtp'}://${login}127.0.0.1:${port}`,
    held,
    heldFor: (to: string) => held.filter((mail) => mail.to === to),
    connectionCount: () => connections,
    /** Calls when a whole message has come in, before it is answered. */
    whenData: (call: () => void) => {
      onData = call
    },
    /** Calls when a recipient was named, before it is answered. */
    whenRecipient: (call: () => void) => {
      onRecipient = call
    },
    /** Ends every connection without a word. */
    cutAll: () => {
      for (const socket of sockets.values()) socket.destroy()
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets.values()) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
export type TestMailServer = Awaited<ReturnType<typeof startMailServer>>
