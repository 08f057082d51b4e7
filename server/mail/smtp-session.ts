/** One connection to an SMTP server, over which messages are handed one after the other. */
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MayHandOver, Outcome } from './carrier.ts'
import type { Message } from './compose-message.ts'
import { judgeFault } from './judge-fault.ts'
import { createMessageFlow, type MessageFlow } from './message-flow.ts'
import { type SmtpFault, sayFault, sayReply } from './say-fault.ts'
import type { SmtpServer } from './smtp-server.ts'

export type SmtpTimeouts = {
  /** name look-up, connection, TLS and greeting together */
  connect_ms: number
  /** user and password; then again sender, recipient and DATA together */
  command_ms: number
  /** the message and the answer to it */
  hand_over_ms: number
}

export type SmtpSession = {
  /** Never throws. */
  hand: (message: Message, mayHandOver: MayHandOver) => Promise<Outcome>
  isUsable: () => boolean
  quit: () => void
  destroy: () => void
}

type Done<T> = (fault: SmtpFault | null | undefined, result?: T) => void

/** Connects with the first message. */
export const openSmtpSession = ({ options, auth }: SmtpServer, timeouts: SmtpTimeouts): SmtpSession => {
  // it ends by being cut: nothing that is still in it may leave later
  const connection = new SMTPConnection({ ...options, socketCloseTimeout: 0 })
  let isOver = false
  let isReady = false
  let fail: (fault: SmtpFault) => void = () => {}
  const destroy = () => {
    isOver = true
    connection.close()
    fail(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' }))
  }
  connection.on('error', (fault) => {
    isOver = true
    fail(fault)
  })
  connection.on('end', () => {
    isOver = true
    fail(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' }))
  })

  /** A step that ends with its answer, with the connection, or when its time is up, which ends the connection. */
  const step = <T>(ms: number, begin: (done: Done<T>, restart: (ms: number) => void) => void): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const timeUp = () => {
        reject(Object.assign(new Error('Timeout'), { code: 'ETIMEDOUT' }))
        destroy()
      }
      let timer = setTimeout(timeUp, ms)
      const done: Done<T> = (fault, result) => {
        clearTimeout(timer)
        if (fault) reject(fault)
        else resolve(result as T)
      }
      fail = done
      begin(done, (next) => {
        clearTimeout(timer)
        timer = setTimeout(timeUp, next)
      })
    })

  const prepare = async () => {
    if (isReady) return
    await step<void>(timeouts.connect_ms, (done) => connection.connect(done))
    if (auth && (connection.allowsAuth || options.forceAuth))
      await step<boolean>(timeouts.command_ms, (done) => connection.login(auth, done))
    isReady = true
  }

  const send = (message: Message, flow: MessageFlow): Promise<{ response: string }> =>
    step(timeouts.command_ms, (done, restart) => {
      flow.onBegun(() => restart(timeouts.hand_over_ms))
      const envelope = { from: message.from, to: [message.to], size: message.bytes.length }
      connection.send(envelope, flow.stream, (fault, info) => (fault ? done(fault) : done(null, info)))
    })

  const hand = async (message: Message, mayHandOver: MayHandOver): Promise<Outcome> => {
    try {
      await prepare()
    } catch (fault) {
      destroy()
      return { state: 'again', answer: sayFault(fault as SmtpFault, options), is_server_trouble: true }
    }
    if (message.needs_smtputf8 && !offersSmtputf8(connection)) return { state: 'refused', answer: NO_SMTPUTF8 }
    const flow = createMessageFlow(message.bytes, mayHandOver)
    try {
      const { response } = await send(message, flow)
      return { state: 'sent', answer: sayReply(response) }
    } catch (fault) {
      await flow.settled()
      const outcome = judgeFault(fault as SmtpFault, flow.hasFlowed(), options)
      // a recipient that was refused is no reason to connect anew for the next
      const canGoOn = !isOver && outcome.state === 'refused' && !flow.hasFlowed() && (await reset())
      if (!canGoOn) destroy()
      return outcome
    }
  }

  const reset = () => step<boolean>(timeouts.command_ms, (done) => connection.reset(done)).catch(() => false)

  return {
    hand,
    isUsable: () => !isOver,
    quit: () => {
      if (isOver) return
      isOver = true
      connection.quit()
      // nobody waits for the answer to a goodbye
      setTimeout(() => connection.close(), GOODBYE_MS).unref()
    },
    destroy,
  }
}

/** Our judgement. */
const GOODBYE_MS = 5_000

const NO_SMTPUTF8 =
  'The address has letters beyond A to Z before the @, and this mail server cannot send to such addresses (it does not offer SMTPUTF8).'

/** nodemailer keeps what the server offers to itself; smtp-carrier.db.test.ts finds out when it keeps it elsewhere. */
const offersSmtputf8 = (connection: SMTPConnection): boolean =>
  (connection as unknown as { _supportedExtensions: string[] })._supportedExtensions.includes('SMTPUTF8')
