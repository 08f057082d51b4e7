import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { simpleParser } from 'mailparser'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startMailServer, type TestMailServer } from '../../e2e/mail-server.ts'
import type { Letter } from './carrier.ts'
import { createMailer } from './create-mailer.ts'
import { createSmtpCarrier } from './smtp-carrier.ts'

const FROM = 'Barnraise <barn@example.org>'
const TIMEOUTS = { connect_ms: 20_000, command_ms: 20_000, hand_over_ms: 20_000 }
const AT = new Date('2026-01-01T08:00:00Z')
const letterTo = (address: string, text = 'Hello there'): Letter => ({
  message_key: `test:${address}`,
  to_address: address,
  to_name: null,
  subject: 'Hello',
  text_body: text,
  html_body: '<p>Hello there</p>',
  headers: {},
})
const yes = async () => true

let servers: { close: () => Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  servers = []
})
const start = async (options: Parameters<typeof startMailServer>[0] = {}): Promise<TestMailServer> => {
  const server = await startMailServer(options)
  servers.push(server)
  return server
}
const carry = async (url: string, address: string, text?: string) => {
  const carriage = createSmtpCarrier({ url, from: FROM, timeouts: TIMEOUTS }).open()
  const outcome = await carriage.carry(letterTo(address, text), yes, AT)
  carriage.close()
  return outcome
}

/** A mail server written out, to see what comes when. `say` is told each line and what came before the message was asked for. */
const startPlainServer = async (
  pipelining: boolean,
  onData: (reply: (line: string) => void, socket: Socket) => void,
  onBytes: (text: string) => void,
) => {
  const server = createServer((socket) => {
    let isMessage = false
    const reply = (line: string) => socket.write(`${line}\r\n`)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      if (isMessage) return onBytes(chunk.toString())
      for (const line of chunk.toString().trim().split('\r\n')) {
        if (line.startsWith('EHLO')) reply(pipelining ? '250-here\r\n250 PIPELINING' : '250 here')
        else if (line === 'DATA') {
          isMessage = true
          onData(reply, socket)
        } else reply('250 fine')
      }
    })
    reply('220 here')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push({ close: () => new Promise((resolve) => server.close(() => resolve())) })
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a message', () => {
  it.each([true, false])(
    'leaves only after the server has asked for it and we have said that it may (pipelining: %s)',
    async (pipelining) => {
      const steps: string[] = []
      let reply: (line: string) => void = () => {}
      const url = await startPlainServer(
        pipelining,
        (say) => {
          steps.push('DATA')
          reply = say
          // time for everything that would leave without being asked
          setImmediate(() =>
            setImmediate(() => {
              steps.push('354')
              say('354 go on')
            }),
          )
        },
        (text) => {
          if (steps.at(-1) !== 'bytes') steps.push('bytes')
          if (text.endsWith('\r\n.\r\n')) reply('250 taken')
        },
      )
      const carriage = createSmtpCarrier({ url, from: FROM, timeouts: TIMEOUTS }).open()
      const outcome = await carriage.carry(
        letterTo('ana@example.org'),
        async () => {
          steps.push('asked')
          await new Promise(setImmediate)
          steps.push('allowed')
          return true
        },
        AT,
      )
      carriage.abort()
      expect(outcome).toEqual({ state: 'sent', answer: '250 taken' })
      expect(steps).toEqual(['DATA', '354', 'asked', 'allowed', 'bytes'])
    },
  )

  it('does not leave at all where it may not', async () => {
    let bytes = ''
    const url = await startPlainServer(
      false,
      (reply) => reply('354 go on'),
      (text) => {
        bytes += text
      },
    )
    for (const mayHandOver of [async () => false, () => Promise.reject(new Error('the database is away'))]) {
      const carriage = createSmtpCarrier({ url, from: FROM, timeouts: TIMEOUTS }).open()
      expect(await carriage.carry(letterTo('ana@example.org'), mayHandOver, AT)).toMatchObject({ state: 'again' })
      carriage.close()
    }
    expect(bytes).toBe('')
  })

  it('arrives as it was, dots and long lines and all', async () => {
    const server = await start()
    const text = `.\r\n..\r\n.\r\n\r\n.QUIT\r\n${'long '.repeat(2000)}\r\nend`
    expect(await carry(server.url, 'ana@example.org', text)).toMatchObject({ state: 'sent' })
    expect((await simpleParser(server.held[0]?.raw ?? '')).text?.trim()).toBe(text.replaceAll('\r\n', '\n').trim())
  })

  it('is refused in clear words where the server cannot write to an address with letters beyond ASCII', async () => {
    const server = await start({ offersUtf8: false })
    expect(await carry(server.url, 'jürgen@bücher.example')).toEqual({ state: 'refused', answer: expect.stringContaining('SMTPUTF8') })
    expect(await carry(server.url, 'juergen@bücher.example')).toMatchObject({ state: 'sent' })
    expect(server.held.map(({ raw }) => /^To: (.*)$/m.exec(raw)?.[1])).toEqual(['juergen@xn--bcher-kva.example'])
    const able = await start()
    expect(await carry(able.url, 'jürgen@bücher.example')).toMatchObject({ state: 'sent' })
    expect(able.held.map(({ to }) => to)).toEqual(['jürgen@bücher.example'])
  })
})

describe('SMTP_URL', () => {
  it.each(['at once', 'offered'] as const)(
    'is obeyed with TLS %s: an unknown certificate is an obstacle unless it says otherwise',
    async (tls) => {
      const server = await start({ tls })
      expect(await carry(server.url, 'ana@example.org')).toMatchObject({ state: 'again', is_server_trouble: true })
      expect(server.held).toHaveLength(0)
      expect(await carry(`${server.url}?tls.rejectUnauthorized=false`, 'ana@example.org')).toMatchObject({ state: 'sent' })
      expect(server.held).toMatchObject([{ is_encrypted: true }])
    },
  )

  it('can ask for TLS, and then nothing leaves without', async () => {
    const server = await start()
    expect(await carry(`${server.url}?requireTLS=true`, 'ana@example.org')).toMatchObject({ state: 'again' })
    expect(server.held).toHaveLength(0)
  })

  it('gives user and password, to the outbox and to mail that is sent at once', async () => {
    const server = await start({ login: { user: 'barn', password: 'p@ss:w/rd' } })
    expect(await carry(server.url, 'ana@example.org')).toMatchObject({ state: 'sent' })
    await createMailer({ smtpUrl: server.url, from: FROM })({ to: 'ben@example.org', subject: 'Hello', text: 'x', html: 'x' })
    expect(server.held.map(({ to }) => to)).toEqual(['ana@example.org', 'ben@example.org'])
  })

  it('cannot make anything print mails, or speak another language than SMTP', async () => {
    const server = await start()
    const printed = ['log', 'info', 'warn', 'error', 'debug'].map((name) => vi.spyOn(console, name as 'log'))
    expect(await carry(`${server.url}?logger=true&debug=true&lmtp=true&transactionLog=true`, 'ana@example.org')).toMatchObject({
      state: 'sent',
    })
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
  })
})
