/**
 * Carries messages to the hooks of managers, one request each. Name, connection and TLS come first, so that whatever goes wrong there leaves
 * nothing behind. Once the request is leaving, a webhook is at least once, since its receiver knows a double by its id; a chat would show it
 * twice, so there it is at most once, and uncertain where no answer came.
 */
import { request } from 'node:http'
import type { Socket } from 'node:net'
import type { HookKind } from '../../shared/contract/alert-hook.ts'
import type { Carriage, Carrier, Letter, MayHandOver, Outcome } from './carrier.ts'
import { type ConnectOptions, connectToHook, UnreachableHook } from './connect-to-hook.ts'
import { type Answer, judgeAnswer } from './judge-answer.ts'
import { readHookAddress } from './read-hook-address.ts'
import { sayReply } from './say-fault.ts'
import { signWebhook } from './sign-webhook.ts'

/** `secrets`: those that a webhook is signed with, now. */
export type HookTarget = { kind: HookKind; address: string; secrets: string[] }
export type HookTimeouts = { connect_ms: number; hand_over_ms: number }
export type HookCarrierParts = Pick<ConnectOptions, 'toPrivate' | 'resolve' | 'ca'> & {
  /** Where it goes, as it is set now; a sentence where it does not go any more. */
  findTarget: (letter: Letter, at: Date) => Promise<HookTarget | string>
  timeouts?: HookTimeouts
}

/** Our judgement, from what Standard Webhooks asks of a sender: 15 to 30 seconds for the answer. */
const TIMEOUTS: HookTimeouts = { connect_ms: 10_000, hand_over_ms: 15_000 }
/** Of an answer so much is read; a sentence of it is kept. */
const MOST_ANSWER_BYTES = 4096

export const createHookCarrier = (parts: HookCarrierParts): Carrier => {
  const timeouts = parts.timeouts ?? TIMEOUTS
  const open = (): Carriage => {
    const stopped = new AbortController()
    const carry = async (letter: Letter, mayHandOver: MayHandOver, at: Date): Promise<Outcome> => {
      let target: HookTarget | string
      try {
        target = await parts.findTarget(letter, at)
      } catch (error) {
        return again(`Where it goes could not be read: ${sayReply((error as Error).message)}`)
      }
      if (typeof target === 'string') return { state: 'refused', answer: target }
      const address = readHookAddress(target.address, target.kind, parts)
      if (typeof address === 'string') return { state: 'refused', answer: address }
      const { url, host } = address
      let socket: Socket
      try {
        socket = await connectToHook(url, { ...parts, timeoutMs: timeouts.connect_ms, signal: stopped.signal })
      } catch (error) {
        if (error instanceof UnreachableHook) return { state: 'refused', answer: sayReply(error.message) }
        return again(`No connection to ${host}: ${sayFailure(error)}`)
      }
      if (!(await mayHandOver().catch(() => false))) {
        socket.destroy()
        return again('It was not sent: somebody else is at it, or the program was stopped.')
      }
      // closed meanwhile: nothing has left
      if (socket.destroyed || !socket.writable) return again(`${host} closed the connection before anything was sent.`)
      const headers = {
        host,
        'content-type': 'application/json',
        'user-agent': 'Barnraise',
        ...(target.kind === 'webhook' ? signWebhook({ key: letter.message_key, body: letter.text_body }, target.secrets, at) : {}),
      }
      try {
        return judgeAnswer(
          await post(socket, { url, headers, body: letter.text_body }, timeouts.hand_over_ms, stopped.signal),
          target.kind,
          at,
        )
      } catch (error) {
        const answer = `${host} gave no answer: ${sayFailure(error)}`
        return target.kind === 'webhook' ? again(answer) : { state: 'uncertain', answer }
      }
    }
    return { carry, abort: () => stopped.abort(), close: () => {} }
  }
  return { open, limits: { prepare_ms: timeouts.connect_ms, hand_over_ms: timeouts.hand_over_ms } }
}

const again = (answer: string): Outcome => ({ state: 'again', answer, is_server_trouble: false })

const sayFailure = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOTFOUND') return 'there is no such name.'
  if (code === 'ECONNREFUSED') return 'it takes no connections (ECONNREFUSED).'
  // several addresses were tried, each with an error of its own and none in the message
  return sayReply(message || code || 'unknown.')
}

type Post = { url: URL; headers: Record<string, string>; body: string }

/** The status decides; when it is there, what comes or does not come of the body changes nothing. */
const post = (socket: Socket, { url, headers, body }: Post, timeoutMs: number, stopped: AbortSignal): Promise<Answer> =>
  new Promise((settle, fail) => {
    let answer: Answer | null = null
    const chunks: Buffer[] = []
    let size = 0
    const end = (error?: Error) => {
      clearTimeout(timer)
      stopped.removeEventListener('abort', stop)
      socket.destroy()
      if (answer === null) fail(error ?? new Error('it closed the connection.'))
      else settle({ ...answer, body: Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString('utf8') })
    }
    const timer = setTimeout(() => end(new Error(`nothing came within ${Math.round(timeoutMs / 1000)} seconds.`)), timeoutMs)
    const stop = () => end(new Error('the program was stopped.'))
    stopped.addEventListener('abort', stop)
    const sent = request({
      createConnection: () => socket,
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
    })
    sent.on('error', end)
    sent.on('close', () => end())
    sent.on('response', (response) => {
      const { statusCode: status = 0, statusMessage: reason = '', headers: said } = response
      answer = { status, reason, retryAfter: said['retry-after'], location: said.location, body: '' }
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size >= MOST_ANSWER_BYTES) end()
      })
      response.on('end', () => end())
      response.on('error', () => end())
    })
    sent.end(body)
  })
