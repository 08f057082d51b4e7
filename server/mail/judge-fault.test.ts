import { expect, test } from 'vitest'
import { judgeFault } from './judge-fault.ts'

const PLACE = { host: 'mail.example.org', port: 587 }
const judge = (said: string | null, of: { command?: string; code?: string; hasFlowed?: boolean }) => {
  const fault = Object.assign(new Error('failed'), { code: of.code ?? 'EENVELOPE', command: of.command ?? 'CONN' })
  if (said !== null) Object.assign(fault, { response: said, responseCode: Number(said.slice(0, 3)) })
  const outcome = judgeFault(fault, of.hasFlowed ?? false, PLACE)
  return outcome.state === 'again' ? (outcome.is_server_trouble ? 'again, all' : 'again, this') : outcome.state
}

test.each([
  // of this recipient
  ['550 no such user', 'RCPT TO', 'refused'],
  ['554 no valid recipients', 'DATA', 'refused'],
  ['451 greylisted', 'RCPT TO', 'again, this'],
  ['452 mailbox full', 'RCPT TO', 'again, this'],
  // the session was in disorder: nothing is known of the recipient
  ['503 bad sequence', 'RCPT TO', 'again, this'],
  // of the server, or of our settings: any other mail would fare the same
  ['421 too many', 'RCPT TO', 'again, all'],
  ['553 sender not allowed', 'MAIL FROM', 'again, all'],
  ['530 authenticate first', 'MAIL FROM', 'again, all'],
  ['450 come back', 'MAIL FROM', 'again, all'],
  ['554 go away', 'CONN', 'again, all'],
  // too large says the server of this mail
  ['552 too large', 'MAIL FROM', 'refused'],
])('before the message, "%s" to %s means %s', (said, command, state) => {
  expect(judge(said, { command })).toBe(state)
})

test.each([
  ['250 whatever', 'uncertain'],
  ['452 no room', 'again, this'],
  ['554 looks like spam', 'refused'],
  ['421 4.7.28 too much mail from you', 'again, this'],
  ['421 4.3.2 system not accepting messages', 'again, this'],
  // said by servers that go away, whether they have kept the message or not
  ['421 timeout', 'uncertain'],
  ['421 4.4.2 connection dropped', 'uncertain'],
])('in answer to the message, "%s" means %s', (said, state) => {
  expect(judge(said, { code: 'EMESSAGE', command: 'DATA', hasFlowed: true })).toBe(state)
})

test.each(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EPROTOCOL', 'ESTREAM'])('while the message leaves, %s tells nothing of it', (code) => {
  expect(judge(null, { code, hasFlowed: true })).toBe('uncertain')
  expect(judge('550 half an answ', { code, hasFlowed: true })).toBe('uncertain')
  expect(judge(null, { code })).toBe('again, all')
})

test('what a server says is kept as one line that turns nothing round, and not for ever', () => {
  const said = `550-first\r\n550 \u202esecond\u0000 ${'long '.repeat(400)}`
  const { answer } = judgeFault(Object.assign(new Error('x'), { command: 'RCPT TO', response: said, responseCode: 550 }), false, PLACE)
  expect(answer).toMatch(/^550-first 550 second long long/)
  expect(answer).toMatch(/… \(shortened\)$/)
  expect(answer.length).toBeLessThan(520)
})
