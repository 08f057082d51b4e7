import { describe, expect, it } from 'vitest'
import { givenFiles } from '../given-files.ts'
import type { ReadOptions, SourceItem } from '../source.ts'
import { decodeWords, readParameters } from './decode-words.ts'
import { mbox } from './mbox.ts'
import { normaliseSubject } from './normalise-subject.ts'
import { ownWords } from './own-words.ts'
import { readMailbox } from './read-sender.ts'

const OPTIONS: ReadOptions = { source: 'list', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }
type Headers = Record<string, string>
const mailOf = (headers: Headers, body: string | Buffer = 'Hi\n'): Buffer =>
  Buffer.concat([
    Buffer.from('From ana@example.org Mon Jan  2 10:00:00 2012\n'),
    Buffer.from(
      Object.entries({ From: 'Ana <ana@example.org>', Date: 'Mon, 2 Jan 2012 10:00:00 +0000', 'Message-ID': '<m1@x>', ...headers })
        .map(([name, value]) => `${name}: ${value}\n`)
        .join(''),
      'latin1',
    ),
    Buffer.from('\n'),
    typeof body === 'string' ? Buffer.from(body) : body,
    Buffer.from('\n'),
  ])
const read = async (headers: Headers, body: string | Buffer = 'Hi\n') => {
  const items: SourceItem[] = []
  for await (const item of mbox.read(givenFiles({ 'users.mbox': mailOf(headers, body) }), OPTIONS)) items.push(item)
  return {
    event: items.flatMap((item) => ('event' in item ? [item.event] : []))[0],
    account: items.flatMap((item) => ('account' in item ? [item.account] : []))[0],
    skipped: items.flatMap((item) => ('skipped' in item ? [item.skipped] : [])),
  }
}
const titleOf = async (Subject: string) => (await read({ Subject })).event?.title
const textOf = async (headers: Headers, body: string | Buffer) => (await read(headers, body)).event?.text
const senderOf = async (headers: Headers) => {
  const { event, account } = await read(headers)
  expect(account?.id).toBe(event?.actor?.id)
  return account
}

describe('headers', () => {
  it('have their words decoded, also where a character is cut in two, and the blanks between words go', async () => {
    expect(await titleOf('=?utf-8?Q?Pump_l=C3=B6st?= [=?UTF-8*de?b?w7xiZXI=?=]')).toBe('Pump löst [über]')
    expect(await titleOf('=?utf-8?Q?l=C3?=\n =?utf-8?Q?=B6st?= =?iso-8859-1?Q?_=E4?=')).toBe('löst ä')
    expect(await titleOf('=?koi8-r?B?8NLJ18XU?= and =?iso-2022-jp?B?GyRCJSglMyE8GyhC?=')).toBe('Привет and エコー')
    expect(await titleOf('=?eucgb2312_cn?b?19Y=?= =?cp1251?Q?=EF?=')).toBe('字п')
    expect(await titleOf('=?x-nothing?Q?l=C3=B6st?= =?utf-8?X?a?=')).toBe('löst =?utf-8?X?a?=')
    expect(decodeWords('=?utf-8?Q??= plain')).toBe(' plain')
  })

  it('may hold bytes beyond ASCII, as UTF-8 or Windows-1252', async () => {
    expect(await titleOf(Buffer.from('löst').toString('latin1'))).toBe('löst')
    expect(await titleOf('l\xf6st \x96 ganz')).toBe('löst – ganz')
    expect((await read({ Subject: '\xd0\xd2\xc9', 'Content-Type': 'text/plain; charset=koi8-r' })).event?.title).toBe('при')
    expect(await titleOf('zero\0zero')).toBe('zerozero')
    expect((await senderOf({ From: 'J\xf6rg <jorg@example.org>' }))?.name).toBe('Jörg')
  })

  it('have parameters in pieces and charsets (RFC 2231)', () => {
    const { value, parameters } = readParameters(
      `Multipart/Mixed; boundary*0="a;b"; boundary*1=c; filename*=utf-8'de'l%C3%B6st.txt; name*1*=%20b; name*0*=iso-8859-1''%E4; x="=?utf-8?Q?=C3=B6?="`,
    )
    expect(value).toBe('multipart/mixed')
    expect(Object.fromEntries(parameters)).toEqual({ boundary: 'a;bc', filename: 'löst.txt', name: 'ä b', x: 'ö' })
    expect(readParameters('text/plain; charset=; __proto__=x; =y').value).toBe('text/plain')
  })
})

describe('the text of a mail', () => {
  const plain = (charset: string, encoding = '8bit') => ({
    'Content-Type': `text/plain; charset=${charset}`,
    'Content-Transfer-Encoding': encoding,
  })

  it('is decoded from its transfer encoding and charset', async () => {
    expect(await textOf(plain('utf-8', 'quoted-printable'), 'Die Pumpe l=C3=B6st=\n sich =3D =\nab\n')).toBe('Die Pumpe löst sich = ab')
    expect(await textOf(plain('"iso-8859-15"', 'BASE64'), 'UHJlaXM6IDUg\npA==\n')).toBe('Preis: 5 €')
    expect(await textOf(plain('shift_jis'), Buffer.from([0x83, 0x7c, 0x83, 0x93, 0x83, 0x76, 0x0a]))).toBe('ポンプ')
  })

  it('is read as UTF-8 or Windows-1252 where the charset is missing, unknown or wrong', async () => {
    const utf8 = Buffer.from('Größe\n')
    const windows = Buffer.from('Gr\xf6\xdfe \x80\n', 'latin1')
    for (const charset of ['us-ascii', 'iso-8859-1', 'x-unknown', 'utf-8', '']) {
      expect(await textOf(plain(charset), utf8)).toBe('Größe')
      expect(await textOf(plain(charset), windows)).toBe('Größe €')
    }
    expect(await textOf({}, windows)).toBe('Größe €')
    expect(await textOf({}, Buffer.from('a\0b\n'))).toBe('ab')
  })

  const parts = (...bodies: string[]) => `Preamble\n${bodies.map((body) => `--cut\n${body}\n`).join('')}--cut--\nEpilogue\n`
  it('is the first plain text among its parts, else the HTML without what it quotes', async () => {
    const html =
      'Content-Type: text/html\n\n<style>p{}</style><p>Hello <b>all</b></p><blockquote>Old</blockquote><div class="gmail_quote">On Monday</div>'
    const plainPart = 'Content-Type: text/plain\n\nHello all, plainly'
    const picture = 'Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA'
    const attached = 'Content-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nLog'
    const forwarded = 'Content-Type: message/rfc822\n\nSubject: Old\n\nOld words'
    const mixed = { 'Content-Type': 'multipart/mixed; boundary=cut' }
    const alternative = { 'Content-Type': 'multipart/alternative; boundary="cut"' }
    expect(await textOf(alternative, parts(html, plainPart))).toBe('Hello all, plainly')
    expect(await textOf(alternative, parts(html))).toBe('Hello all')
    const outlook =
      'Content-Type: text/html\n\n<p>Thank you!</p><hr><div><b>From:</b> Ana<br><b>Sent:</b> Monday<br><b>To:</b> Bob<br><b>Subject:</b> Leak</div><p>How?</p>'
    expect(await textOf(alternative, parts(outlook))).toBe('Thank you!')
    expect(await textOf(mixed, parts(picture, attached, plainPart, forwarded))).toBe('Hello all, plainly')
    expect(await textOf(mixed, parts(forwarded, picture))).toBeUndefined()
    const inner = `Content-Type: multipart/alternative; boundary=cut2\n\n--cut2\n${plainPart}\n--cut2\n${html}\n--cut2--\n`
    expect(await textOf(mixed, parts(inner, attached))).toBe('Hello all, plainly')
  })

  it('of parts in parts without end is none, and nothing breaks', async () => {
    let nested = 'Content-Type: text/plain\n\nDeep'
    for (let depth = 0; depth < 40; depth++)
      nested = `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${nested}\n--b${depth}--\n`
    expect(await textOf({ 'Content-Type': 'multipart/mixed; boundary=cut' }, parts(nested))).toBeUndefined()
  })

  it('is not asked of an invitation to a meeting', async () => {
    const attached = parts(
      'Content-Type: text/plain\n\nWe meet on Monday',
      'Content-Type: text/calendar\nContent-Disposition: attachment\n\nBEGIN:VCALENDAR',
    )
    expect(await textOf({ 'Content-Type': 'multipart/mixed; boundary=cut' }, attached)).toBe('We meet on Monday')
    const calendar = parts('Content-Type: text/plain\n\nWhen: Monday', 'Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR')
    expect(await read({ 'Content-Type': 'multipart/alternative; boundary=cut' }, calendar)).toEqual({
      event: undefined,
      account: undefined,
      skipped: ['invitation to a meeting'],
    })
  })
})

describe('mail of machines', () => {
  it('that reports of another mail is no talk', async () => {
    const report =
      '--cut\nContent-Type: text/plain\n\nYour mail was not delivered.\n--cut\nContent-Type: message/delivery-status\n\nx\n--cut--\n'
    const { skipped, event } = await read({ 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=cut' }, report)
    expect([skipped, event]).toEqual([['report that a mail was delivered, bounced or read'], undefined])
  })
})

describe('the sender’s own words', () => {
  it.each([
    ['Yes.\n\nOn Mon, Jan 2, 2012 at 10:00 AM, Ana <ana@example.org> wrote:\n> How?\n', 'Yes.'],
    ['On Mon, Jan 2, 2012 at 10:00 AM, Ana López\n<ana at example.org> wrote:\n\n> How?\n> And why?\n\nLike this.\n', 'Like this.'],
    ['Am 02.01.2012 um 10:00 schrieb Ana:\n> Wie?\nSo.\n', 'So.'],
    ['Le 2 janv. 2012 à 10:00, Ana a écrit :\n> Comment ?\nAinsi.\n', 'Ainsi.'],
    ['El lun, 2 ene 2012, Ana escribió:\n> ¿Cómo?\nAsí.\n', 'Así.'],
    ['Em seg, 2 de jan de 2012, Ana escreveu:\n> Como?\nAssim.\n', 'Assim.'],
    ['Fine.\n-- \nAna\nHead of pumps\n', 'Fine.'],
    ['Fine.\n_______________________________________________\nUsers mailing list\nUsers@example.org\n', 'Fine.'],
    ['Above\n______________________________\nbelow the line\n', 'Above\n______________________________\nbelow the line'],
    ['Fine.\n\n-----Original Message-----\nFrom: Ana\nHow?\n', 'Fine.'],
    ['Gut.\n\n-----Ursprüngliche Nachricht-----\nVon: Ana\n', 'Gut.'],
    ['Fine.\n\nFrom: Ana <ana@example.org>\nSent: Monday\nTo: List\nSubject: Leak\n\nHow?\n', 'Fine.'],
    ['Fine.\n-------------- next part --------------\nAn HTML attachment was scrubbed...\n', 'Fine.'],
    ['-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nFine.\n-----BEGIN PGP SIGNATURE-----\nabc\n', 'Fine.'],
    ['Thanks!\n\nSent from my iPhone\n', 'Thanks!'],
    ['Danke!\n\nVon meinem iPad gesendet\n', 'Danke!'],
    ['AL> How?\nLike this.\n', 'Like this.'],
    ['He wrote:\nnothing.\n', 'He wrote:\nnothing.'],
    ['>From here on\n>>From there\n> quoted\n', 'From here on'],
    ['> all quoted\n', ''],
  ])('of %j are %j', (text, words) => {
    expect(ownWords(text)).toBe(words)
  })
})

describe('the sender', () => {
  it('is one account, however the archive hides the address', async () => {
    for (const From of [
      'ana@example.org (Ana Lopez)',
      'ana at example.org (Ana Lopez)',
      '"Ana Lopez" <Ana@Example.ORG>',
      '"=?utf-8?q?Ana_Lopez?=" <ana@example.org>',
      'Ana Lopez <ana at example.org>',
      'Ana Lopez <ana (at) example dot org>',
      '=?utf-8?q?Ana_Lopez?= <ana@example.org>, Bob <bob@example.net>',
    ])
      expect(await senderOf({ From })).toEqual({ id: 'ana@example.org', name: 'Ana Lopez', email: 'ana@example.org' })
    expect(await senderOf({ From: 'ana at example.org' })).toEqual({ id: 'ana@example.org', email: 'ana@example.org' })
    expect(await senderOf({ From: '"ana@example.org" <ana@example.org>' })).toEqual({ id: 'ana@example.org', email: 'ana@example.org' })
  })

  it('is the person, where the list puts its own address in front', async () => {
    const ana = { id: 'ana@example.org', name: 'Ana Lopez', email: 'ana@example.org' }
    const List = { 'List-Post': '<mailto:users@lists.example.org>' }
    expect(
      await senderOf({ From: "'Ana Lopez' via Users <users@googlegroups.com>", 'X-Original-From': 'Ana Lopez <ana@example.org>' }),
    ).toEqual(ana)
    expect(
      await senderOf({ From: '"Ana Lopez via Users" <users@lists.example.org>', 'Reply-To': 'Ana Lopez <ana@example.org>', ...List }),
    ).toEqual(ana)
    expect(await senderOf({ From: 'Ana Lopez via groups.io <ana=example.org@groups.io>' })).toEqual(ana)
    expect(await senderOf({ From: 'Ana Lopez <users@lists.example.org>', 'Reply-To': 'ana@example.org', ...List })).toEqual(ana)
    // nobody knows who: one of that name, and never the list
    expect(
      await senderOf({ From: '"Ana Lopez via Users" <users@lists.example.org>', 'Reply-To': 'users@lists.example.org', ...List }),
    ).toEqual({
      id: 'users@lists.example.org ana lopez',
      name: 'Ana Lopez',
    })
  })

  it('has no address to be merged by where the archive masks it', async () => {
    expect(await senderOf({ From: 'Ana Lopez <ana...@example.org>' })).toEqual({ id: 'ana...@example.org ana lopez', name: 'Ana Lopez' })
    expect(await senderOf({ From: 'Ana Lopez' })).toEqual({ id: 'ana lopez', name: 'Ana Lopez' })
    expect((await read({ From: '' })).event?.actor).toBeNull()
  })

  it('is an account of its own where a machine writes, so that no person is taken for one', async () => {
    const automatic = { id: 'automatic mail of ana@example.org', name: 'Ana (automatic mail)', is_bot: true }
    expect(await senderOf({ 'Auto-Submitted': 'auto-replied (vacation)' })).toEqual(automatic)
    expect(await senderOf({ Precedence: 'auto_reply' })).toEqual(automatic)
    expect(await senderOf({ 'X-Autoreply': 'yes' })).toEqual(automatic)
    expect(await senderOf({ From: 'Mail Delivery System <MAILER-DAEMON@example.org>' })).toMatchObject({ is_bot: true })
    expect(await senderOf({ From: 'users-request@lists.example.org' })).toMatchObject({ is_bot: true })
    for (const person of [{ 'Auto-Submitted': 'no' }, { Precedence: 'list' }, { Precedence: 'bulk' }, { 'X-Autoreply': 'no' }])
      expect(await senderOf(person as unknown as Headers)).toEqual({ id: 'ana@example.org', name: 'Ana', email: 'ana@example.org' })
  })

  it('may be anything at all', () => {
    for (const header of ['<>', '()', ',,;', '"', '<a@b', '\\', 'a@b@c', `${'('.repeat(500)}`, `"${'x'.repeat(9000)}" <a@b.org>`])
      expect(() => readMailbox(header)).not.toThrow()
  })
})

describe('a mail made to be slow', () => {
  const many = (text: string, length = 60_000) => text.repeat(Math.ceil(length / text.length)).slice(0, length)
  const headers: Headers[] = [
    ...[' ', ' at ', '(', '"', '<', 'a.', '=?a', 'a at b '].map((piece) => ({ From: `a${many(piece)}x` })),
    ...['Re: ', '[', ' ', '=?', '=?utf-8?q?', '(was '].map((piece) => ({ Subject: many(piece) })),
    ...[';a=', ';a*0=', '"', ';x="\\'].map((piece) => ({ 'Content-Type': `text/plain${many(piece)}` })),
    ...['a', '<', '<a', '@'].map((piece) => ({
      'X-BeenThere': many(piece),
      'List-Id': many(piece),
      References: many(piece),
      'In-Reply-To': many(piece),
    })),
    ...['1 ', '(', 'Mon, ', '- '].map((piece) => ({ Date: many(piece), Received: many(piece) })),
  ]
  it('by its headers is read like any other', async () => {
    for (const one of headers) expect((await read(one)).event?.text ?? 'rejected').toMatch(/Hi|rejected/)
  })

  it('by its body too', async () => {
    for (const piece of ['<', '<div class="', '<pre ', '<blockquote ', '<style ', '&', '<a href='])
      expect((await read({ 'Content-Type': 'text/html' }, `${many(piece, 180_000)}\n`)).event?.id).toBe('m1@x')
    for (const piece of [' ', '-', '_', '> \n', 'wrote:\n> ', 'On wrote: ', '-- ', '\n', 'From: a\n', '写道: '])
      expect((await read({}, `${many(piece, 180_000)}\n`)).event?.id).toBe('m1@x')
    for (const piece of ['--cut\n', '--cut\n\n', '--cu', '--cut\nContent-Type: multipart/mixed; boundary=cut\n\n'])
      expect(
        (await read({ 'Content-Type': 'multipart/mixed; boundary=cut' }, `${many(piece, 180_000)}\n--cut--\n`)).event?.id ?? 'rejected',
      ).toMatch(/m1@x|rejected/)
  })
})

describe('a subject', () => {
  it.each([
    ['Re: [users] Re[3]: AW: SV: Leak', 'leak', true],
    ['[users] Leak', 'leak', false],
    ['RE：Leak (was: Old)', 'leak', true],
    ['Antwort: Leck', 'leck', true],
    ['RES: Vazamento', 'vazamento', true],
    ['Fwd: Leak', 'leak', false],
    ['Re: Fwd: Leak', 'leak', true],
    ['Regarding: Leak', 'regarding: leak', false],
    ['Re:', '', true],
    ['', '', false],
  ])('%j is %j', (subject, key, isReply) => {
    expect(normaliseSubject(subject)).toEqual({ key, isReply })
  })
})
