import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import type { Letter } from './carrier.ts'
import { composeMessage, messageId } from './compose-message.ts'

const FROM = 'Barnraise at Example <barn@example.org>'
const AT = new Date('2026-01-01T08:00:00Z')
const letter: Letter = {
  message_key: 'value-report:1:2025-12:1:2',
  to_address: 'ana@example.org',
  to_name: null,
  subject: 'Hello',
  text_body: 'Hello there\n',
  html_body: '<p>Hello there</p>',
  headers: {},
}
const compose = (over: Partial<Letter> = {}, from = FROM) => composeMessage({ ...letter, ...over }, from, AT)
const parse = async (over: Partial<Letter> = {}, from = FROM) => simpleParser((await compose(over, from)).bytes)

describe('a message', () => {
  it('has a text part, says that a machine sent it, and carries the same number every time', async () => {
    const mail = await parse()
    expect(mail.text).toBe('Hello there\n')
    expect(mail.html).toBe('<p>Hello there</p>')
    expect(mail.date).toEqual(AT)
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.messageId).toMatch(/^<[0-9a-f]{40}@example\.org>$/)
    expect(mail.messageId).toBe((await parse({ subject: 'Other' })).messageId)
    expect(mail.messageId).not.toBe((await parse({ message_key: 'other' })).messageId)
    expect(messageId('x', 'Bärn <post@bärn.example>')).toMatch(/@xn--brn-qla\.example>$/)
  })

  it('carries names and subjects of every script', async () => {
    const mail = await parse({ to_name: 'Zoë “O’Hara”, 王秀英 👩‍🌾', subject: 'Über uns: 12 % — やあ' })
    expect(mail.subject).toBe('Über uns: 12 % — やあ')
    expect([mail.to].flat()[0]?.value).toEqual([{ address: 'ana@example.org', name: 'Zoë “O’Hara”, 王秀英 👩‍🌾' }])
    expect((await compose({ to_name: 'Zoë' })).bytes.every((byte) => byte < 128)).toBe(true)
  })

  it('writes the domain of an address as mail servers spell it, and keeps letters before the @ where there are any', async () => {
    expect(await compose({ to_address: 'ana@bücher.example' })).toMatchObject({ to: 'ana@xn--bcher-kva.example', needs_smtputf8: false })
    expect(await compose({ to_address: 'jürgen@bücher.example' })).toMatchObject({ to: 'jürgen@bücher.example', needs_smtputf8: true })
  })

  it('keeps a long one-click link whole, with what a mail program needs to use it', async () => {
    const address = `https://barn.example.org/api/v1/unsubscribe/${'a.b-c_'.repeat(60)}`
    const { bytes } = await compose({
      headers: { 'List-Unsubscribe': `<${address}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    })
    const unfolded = `\r\n${bytes.toString('utf8')}`.replace(/\r\n[ \t]+/g, ' ')
    expect(unfolded).toContain(`\r\nList-Unsubscribe: <${address}>\r\n`)
    expect(unfolded).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n')
  })

  it.each([
    'ana@example.org, eve@evil.example',
    'ana@example.org\r\nRCPT TO:<eve@evil.example>',
    '<ana@example.org>',
    'ana',
    'ana@',
    '@example.org',
    'ana@a@b.example',
    '"ana"@example.org',
    'a b@example.org',
    '',
    `${'a'.repeat(250)}@example.org`,
  ])('goes to one address and no other: %j', async (address) => {
    await expect(compose({ to_address: address })).rejects.toThrow(RangeError)
  })

  it('takes no header that would change who it is for, from, or how it is read', async () => {
    const headers = {
      Bcc: 'eve@evil.example',
      To: 'eve@evil.example',
      From: 'e@evil.example',
      Subject: 'x',
      'Content-Type': 'text/plain',
      'X-Other\r\nBcc': 'y',
    }
    const mail = await parse({ headers })
    expect([mail.headers.has('bcc'), mail.subject, [mail.to].flat()[0]?.text, mail.from?.value[0]?.address]).toEqual([
      false,
      'Hello',
      'ana@example.org',
      'barn@example.org',
    ])
  })

  it('never gains a header or a recipient from what somebody wrote', async () => {
    const plain = [...(await parse({ to_name: 'Ana', headers: { 'List-Id': 'x' } })).headers.keys()].sort()
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'x\r\nBcc: eve@evil.example',
        'x\n\nbody',
        'x\u2028Bcc: e@e.example',
        '\u0000',
        '"><',
        '=?utf-8?q?=0D=0ABcc:_e@e.example?=',
      ),
    )
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (name, subject, id) => {
        const message = await compose({ to_name: `Ana ${name}`, subject: `s${subject}`, headers: { 'List-Id': `x${id}` } })
        const mail = await simpleParser(message.bytes)
        expect([...mail.headers.keys()].sort()).toEqual(plain)
        expect([mail.to].flat().flatMap((to) => to?.value.map(({ address }) => address))).toEqual(['ana@example.org'])
        expect(message.to).toBe('ana@example.org')
      }),
      { numRuns: 40 },
    )
  })
})
