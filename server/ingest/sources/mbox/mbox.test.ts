import { describe, expect, it } from 'vitest'
import { type EventInput, eventSchema } from '../../../../shared/contract/event.ts'
import { givenFiles } from '../given-files.ts'
import { type ReadOptions, SourceError, type SourceItem } from '../source.ts'
import type { SourceFiles } from '../source-files.ts'
import { mbox } from './mbox.ts'
import { MAX_KEPT_BYTES } from './split-messages.ts'

const OPTIONS: ReadOptions = { source: 'list', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }

const readFiles = async (files: SourceFiles, items: SourceItem[] = []) => {
  for await (const item of mbox.read(files, OPTIONS)) items.push(item)
  return items
}
const read = (contents: string | Buffer | Record<string, string | Buffer>, size = 1000) =>
  readFiles(givenFiles(typeof contents === 'string' || Buffer.isBuffer(contents) ? { 'users.mbox': contents } : contents, size))
const eventsOf = (items: SourceItem[]): EventInput[] => items.flatMap((item) => ('event' in item ? [item.event] : []))
const problemsOf = (items: SourceItem[]) =>
  items.flatMap((item) => ('problem' in item ? [[item.file, item.position, item.problem.pointer, item.problem.code]] : []))
const linksOf = (items: SourceItem[]) =>
  Object.fromEntries(items.flatMap((item) => ('event' in item && item.link ? [[item.event.id, item.link]] : [])))
const skippedOf = (items: SourceItem[]) => items.flatMap((item) => ('skipped' in item ? [item.skipped] : []))

const ENVELOPE = 'From ana@example.org Mon Jan  2 10:00:00 2012'
type Headers = Record<string, string | null>
/** A mail as a mailbox holds it; a header that is null is left out. */
const mail = (headers: Headers = {}, body = 'How do I stop the leak?\n', envelope = ENVELOPE) => {
  const all: Headers = {
    From: 'Ana López <ana@example.org>',
    Date: 'Mon, 2 Jan 2012 10:00:00 +0000',
    Subject: 'Leaking pump',
    'Message-ID': '<m1@example.org>',
    ...headers,
  }
  const head = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  return `${envelope}\n${head.join('\n')}\n\n${body}\n`
}
const reply = (id: string, parent: string | null, more: Headers = {}) =>
  mail(
    {
      'Message-ID': `<${id}>`,
      Subject: 'Re: Leaking pump',
      From: 'Bob <bob@example.net>',
      'In-Reply-To': parent === null ? null : `<${parent}>`,
      ...more,
    },
    'Tighten it.\n',
  )
const textOf = async (body: string, headers: Headers = {}) => eventsOf(await read(mail(headers, body)))[0]?.text

describe('a mailing list', () => {
  it('gives a mail that opens, its reply and their accounts, in any pieces', async () => {
    for (const size of [1, 7, 100, 100_000]) {
      const items = await read(mail({ 'List-Id': 'Talk of pumps <pumps.example.org>' }) + reply('m2@example.net', 'm1@example.org'), size)
      for (const event of eventsOf(items)) expect(eventSchema.safeParse(event).error).toBeUndefined()
      expect(items).toEqual([
        { position: 1, account: { id: 'ana@example.org', name: 'Ana López', email: 'ana@example.org' } },
        {
          position: 1,
          event: {
            id: 'm1@example.org',
            source: 'list',
            type: 'message.posted',
            occurred_at: '2012-01-02T10:00:00.000Z',
            actor: { id: 'ana@example.org' },
            channel: 'pumps.example.org',
            title: 'Leaking pump',
            text: 'How do I stop the leak?',
          },
        },
        { position: 10, account: { id: 'bob@example.net', name: 'Bob', email: 'bob@example.net' } },
        {
          position: 10,
          event: {
            id: 'm2@example.net',
            source: 'list',
            type: 'reply.posted',
            occurred_at: '2012-01-02T10:00:00.000Z',
            actor: { id: 'bob@example.net' },
            in_reply_to: 'm1@example.org',
            channel: 'users',
            text: 'Tighten it.',
          },
        },
      ])
    }
  })

  it('is recognised by its From line, whatever it is called, and nothing else is', async () => {
    const is = (content: string, name = 'archive') => mbox.recognise(givenFiles({ [name]: content }))
    expect(await is(mail())).toBe(true)
    expect(await is(`\ufeff\r\n${mail().replaceAll('\n', '\r\n')}`)).toBe(true)
    expect(await is('From - Mon Jan  2 10:00:00 2012\nX-Mozilla-Status: 0001\n')).toBe(true)
    expect(await is('From 1536842912345@xxx Thu Sep 13 12:00:00 +0000 2018\nX-GM-THRID: 1\n')).toBe(true)
    expect(await is('From -7262517461213420345\nX-Google-Language: ENGLISH,ASCII-7-bit\n')).toBe(true)
    expect(await is('From ana at example.org  Mon Jan  2 10:00:00 2012\nFrom: ana at example.org (Ana)\n', '2012-January.txt')).toBe(true)
    expect(await is('From the start of this year we meet on Mondays.\n')).toBe(false)
    expect(await is('From: ana@example.org\nDate: Mon, 2 Jan 2012 10:00:00 +0000\n')).toBe(false)
    expect(await is('id,type\n')).toBe(false)
    await expect(read('no mail')).rejects.toThrow(/None of the files is a mailbox/)
  })

  it('reads several files by their months, whatever order they lie in, and counts the others', async () => {
    const files = {
      'talk/2012-February.txt': mail({ 'Message-ID': '<feb@x>', Subject: 'February', 'In-Reply-To': null }, 'Hi\n'),
      'talk/index.html': '<html></html>',
      'talk/2012-January.txt': mail({ 'Message-ID': '<jan@x>', Subject: 'January' }, 'Hi\n'),
      'talk/2011q4.txt': mail({ 'Message-ID': '<q4@x>', Subject: 'Autumn' }, 'Hi\n'),
    }
    const items = await read(files)
    expect(eventsOf(items).map(({ id, channel }) => [id, channel])).toEqual([
      ['q4@x', undefined],
      ['jan@x', undefined],
      ['feb@x', undefined],
    ])
    expect(items.at(-1)).toMatchObject({ file: 'talk/2012-February.txt', position: 1 })
    expect(skippedOf(items)).toEqual(['file that is no mailbox'])
    expect(eventsOf(await read({ 'users-2012-01.mbox': mail() }))[0]?.channel).toBe('users')
  })
})

describe('where one mail ends', () => {
  const idsOf = async (text: string | Buffer) => eventsOf(await read(text)).map(({ id }) => id)
  const bodies = {
    'a line that begins with From': 'From where I stand,\n\nFrom now on it leaks.\n',
    'an escaped one (mboxo, mboxrd)': '>From the pump\n\n>>From ana@example.org Mon Jan  2 10:00:00 2012\n',
    'a From line that no header follows': '\nFrom ana@example.org Mon Jan  2 10:00:00 2012\nwas what it said.\n',
    'a From line that follows no empty line': 'See\nFrom ana@example.org Mon Jan  2 10:00:00 2012\nSubject: this\n',
    'a From line without a date': '\nFrom ana@example.org yesterday\nSubject: this\n',
  }
  it.each(Object.entries(bodies))('is not at %s', async (_, body) => {
    expect(await idsOf(mail({}, body) + reply('m2@x', 'm1@example.org'))).toEqual(['m1@example.org', 'm2@x'])
  })

  it('is at the From line, though Content-Length says another place', async () => {
    const lies =
      mail({ 'Content-Length': '5' }) + mail({ 'Content-Length': '99999', 'Message-ID': '<m2@x>' }) + mail({ 'Message-ID': '<m3@x>' })
    expect(await idsOf(lies)).toEqual(['m1@example.org', 'm2@x', 'm3@x'])
  })

  it('gives the words back that were escaped', async () => {
    expect(await textOf('>From where I stand it leaks.\n')).toBe('From where I stand it leaks.')
  })

  it('is read with carriage returns too, at the right line', async () => {
    const items = await read((mail() + reply('m2@x', 'm1@example.org')).replaceAll('\n', '\r\n'))
    expect(eventsOf(items).map(({ id, text }) => [id, text])).toEqual([
      ['m1@example.org', 'How do I stop the leak?'],
      ['m2@x', 'Tighten it.'],
    ])
    expect(items.at(-1)?.position).toBe(9)
  })
})

describe('a mail of any size', () => {
  it('is an event by its first text, whatever is attached, in bounded memory', async () => {
    const attachment = `${'A'.repeat(76)}\n`.repeat(20_000)
    const parts = [
      '--cut\nContent-Type: text/plain; charset=utf-8\n\nSee the picture.\n',
      `--cut\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n${attachment}`,
      '--cut--\n',
    ].join('\n')
    const items = await read(mail({ 'Content-Type': 'multipart/mixed; boundary="cut"' }, parts) + reply('m2@x', 'm1@example.org'))
    expect(attachment.length).toBeGreaterThan(4 * MAX_KEPT_BYTES)
    expect(eventsOf(items).map(({ id, text }) => [id, text])).toEqual([
      ['m1@example.org', 'See the picture.'],
      ['m2@x', 'Tighten it.'],
    ])
  })

  it('is cut to what is taken, and stays well-formed', async () => {
    const [event] = eventsOf(await read(mail({}, `${'😀'.repeat(100_000)}\n`)))
    expect(event?.text?.length).toBeLessThanOrEqual(128 * 1024)
    expect(event?.text?.isWellFormed()).toBe(true)
    expect(eventSchema.safeParse(event).error).toBeUndefined()
  })

  it('may be one line without an end', async () => {
    const endless: SourceFiles = {
      name: 'x.mbox',
      files: [
        {
          path: 'x.mbox',
          size: null,
          open: async function* () {
            yield Buffer.from(mail().slice(0, -2))
            for (let i = 0; i < 300; i++) yield Buffer.alloc(64 * 1024, 0x61)
            yield Buffer.from(`\n\n${reply('m2@x', 'm1@example.org')}`)
          },
        },
      ],
    }
    expect(eventsOf(await readFiles(endless)).map(({ id }) => id)).toEqual(['m1@example.org', 'm2@x'])
  })
})

describe('a mailbox that was cut off', () => {
  const whole = mail() + reply('m2@example.net', 'm1@example.org')
  it('gives the mails before the cut and rejects the last, wherever the cut is', async () => {
    for (const cut of [1, 2, 5, 20, 60, 120, 150]) {
      const items = await read(whole.slice(0, whole.length - cut))
      const isWhole = cut <= 1
      expect(eventsOf(items).map(({ id }) => id)).toEqual(isWhole ? ['m1@example.org', 'm2@example.net'] : ['m1@example.org'])
      if (!isWhole) expect(problemsOf(items)).toEqual([[undefined, 9, '', 'cut_off']])
    }
  })

  it('rejects a mail whose parts have no end', async () => {
    const open = mail({ 'Content-Type': 'multipart/mixed; boundary=cut' }, '--cut\nContent-Type: text/plain\n\nThe first half\n')
    expect(problemsOf(await read(open))).toEqual([[undefined, 1, '', 'cut_off']])
    // with more behind it, it is how it was sent
    expect(eventsOf(await read(open + reply('m2@x', 'm1@example.org'))).map(({ text }) => text)).toEqual(['The first half', 'Tighten it.'])
  })

  it('ends with the words of the file that cannot be read on, and keeps what was read', async () => {
    const items: SourceItem[] = []
    const broken: SourceFiles = {
      name: 'x.mbox',
      files: [
        {
          path: 'x.mbox',
          size: null,
          open: async function* () {
            yield Buffer.from(whole + mail({ 'Message-ID': '<m3@x>' }))
            throw new SourceError('The gzip file ends in the middle.')
          },
        },
      ],
    }
    await expect(readFiles(broken, items)).rejects.toThrow(/ends in the middle/)
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['m1@example.org', 'm2@example.net'])
  })
})

describe('one of several files that cannot be read on', () => {
  it('is a rejection of its own, and the others are read', async () => {
    const [january, february] = givenFiles({ '2012-01.mbox': mail(), '2012-02.mbox': mail({ 'Message-ID': '<m2@x>' }) }).files
    const broken = {
      ...(january as typeof january & object),
      open: async function* () {
        yield Buffer.from(mail() + reply('cut@x', 'm1@example.org'))
        throw new SourceError('The gzip file ends in the middle.')
      },
    }
    const items = await readFiles({ name: 'all', files: [broken, february as typeof broken] })
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['m1@example.org', 'm2@x'])
    expect(problemsOf(items)).toEqual([['2012-01.mbox', 1, '', 'unreadable_file']])
  })
})

describe('which mail answers which', () => {
  it('says the parent alone where the archive holds it: by In-Reply-To, else by the last of References', async () => {
    const items = await read(
      [
        // replies before what they answer
        reply('m3@x', 'm2@x', { References: '<m1@example.org> <m2@x>' }),
        reply('m2@x', null, { References: '<m1@example.org>' }),
        mail(),
      ].join(''),
    )
    expect(eventsOf(items).map(({ id, in_reply_to, thread_id }) => [id, in_reply_to, thread_id])).toEqual([
      ['m3@x', 'm2@x', undefined],
      ['m2@x', 'm1@example.org', undefined],
      ['m1@example.org', undefined, undefined],
    ])
    expect(linksOf(items)).toEqual({})
  })

  it('puts a mail whose parent is missing under the nearest that is held, in the thread that References begin with', async () => {
    const items = await read(
      [
        mail(),
        reply('m4@x', 'private@x', { References: '<m1@example.org> <private@x>' }),
        reply('m5@x', 'gone2@x', { References: '<gone1@x>\n\t<gone2@x>' }),
        reply('m6@x', 'gone1@x', { References: '<gone1@x>' }),
        reply('m7@x', 'lost@x'),
      ].join(''),
    )
    expect(linksOf(items)).toEqual({
      'm4@x': { in_reply_to: 'm1@example.org', thread_id: 'm1@example.org', by: 'source' },
      'm5@x': { in_reply_to: 'gone2@x', thread_id: 'gone1@x', by: 'source' },
      'm6@x': { in_reply_to: 'gone1@x', thread_id: 'gone1@x', by: 'source' },
      'm7@x': { in_reply_to: 'lost@x', thread_id: 'lost@x', by: 'source' },
    })
  })

  it('says the same of a mail in a month alone and among all months', async () => {
    const january = mail()
    const february = reply('m2@x', 'm1@example.org', { References: '<m1@example.org>' })
    const alone = eventsOf(await read({ '2012-02.mbox': february }))
    const together = eventsOf(await read({ '2012-01.mbox': january, '2012-02.mbox': february }))
    expect(together.slice(1)).toEqual(alone)
  })

  it('reads the ids of old and careless programs', async () => {
    const parentOf = async (header: string, more: Headers = {}) =>
      eventsOf(await read(mail({ 'In-Reply-To': header, ...more })))[0]?.in_reply_to
    expect(await parentOf('Your message of "Mon, 2 Jan 2012" <a@b>')).toBe('a@b')
    expect(await parentOf('Message from Ana <ana@example.org> of Monday. <a.1@b>')).toBe('a.1@b')
    expect(await parentOf('a@b')).toBe('a@b')
    expect(await parentOf('<a at b.org>')).toBe('a@b.org')
    expect(await parentOf('<a\n @b.org>')).toBe('a@b.org')
    expect(await parentOf('your last mail')).toBeUndefined()
    // a mail that answers itself opens
    expect(eventsOf(await read(mail({ 'In-Reply-To': '<m1@example.org>' })))[0]?.type).toBe('message.posted')
    const long = `<${'x'.repeat(2000)}@y>`
    expect(
      eventSchema.safeParse(eventsOf(await read(mail({ 'Message-ID': long, 'In-Reply-To': long.replace('y', 'z') })))[0]).error,
    ).toBeUndefined()
  })

  it('finds the thread by the subject within 30 days where a reply names no mail, and marks it as a guess', async () => {
    const at = (day: string) => ({ Date: `${day} 10:00:00 +0000`, 'In-Reply-To': null })
    const items = await read(
      [
        mail({ Subject: '[pumps] Leaking  pump', ...at('2 Jan 2012') }),
        reply('r1@x', null, { Subject: 'AW: [pumps] Leaking pump', ...at('20 Jan 2012') }),
        reply('r2@x', null, { Subject: 'Re: Re[2]: SV: leaking pump (was: Old thing)', ...at('10 Feb 2012') }),
        reply('r3@x', null, { Subject: 'RES: Leaking pump', ...at('20 Apr 2012') }),
        reply('r4@x', null, { Subject: '回复：Other', ...at('20 Apr 2012') }),
        mail({ 'Message-ID': '<n1@x>', Subject: 'Leaking pump', ...at('21 Apr 2012') }),
        mail({ 'Message-ID': '<n2@x>', Subject: 'Fwd: Leaking pump', ...at('22 Apr 2012') }),
        reply('r5@x', null, { Subject: 'Re:', ...at('22 Apr 2012') }),
      ].join(''),
    )
    const guess = { in_reply_to: 'm1@example.org', thread_id: 'm1@example.org', by: 'guess' }
    expect(linksOf(items)).toEqual({ 'r1@x': guess, 'r2@x': guess })
    expect(eventsOf(items).map(({ id, type }) => [id, type])).toEqual([
      ['m1@example.org', 'message.posted'],
      ['r1@x', 'reply.posted'],
      ['r2@x', 'reply.posted'],
      ['r3@x', 'reply.posted'],
      ['r4@x', 'reply.posted'],
      ['n1@x', 'message.posted'],
      ['n2@x', 'message.posted'],
      ['r5@x', 'reply.posted'],
    ])
  })
})

describe('which mail it is', () => {
  it('is derived from sender, date and subject without a Message-ID, the same each time', async () => {
    const [first] = eventsOf(await read(mail({ 'Message-ID': null })))
    const [second] = eventsOf(await read({ 'other.mbox': mail({ 'Message-ID': '' }) }))
    const [other] = eventsOf(await read(mail({ 'Message-ID': null, Subject: 'Another' })))
    expect(first?.id).toMatch(/^derived-[0-9a-f]{32}$/)
    expect(second?.id).toBe(first?.id)
    expect(other?.id).not.toBe(first?.id)
  })

  it('stays the same in two files, for the store to know; a copy on another list is skipped', async () => {
    const onA = mail({ 'List-Id': '<a.example.org>', Subject: '[a] Leak' }, 'Hi\nFooter of A\n')
    const onB = mail({ 'List-Id': '<b.example.org>', Subject: '[b] Leak' }, 'Hi\nFooter of B\n')
    const items = await read({ 'a.mbox': onA, 'b.mbox': onB, 'a-again.mbox': onA })
    expect(eventsOf(items).map(({ id, channel }) => [id, channel])).toEqual([
      ['m1@example.org', 'a.example.org'],
      ['m1@example.org', 'a.example.org'],
    ])
    expect(skippedOf(items)).toEqual(['copy of a mail to several lists'])
    // another mail under the same id is a conflict, and not for the reader to hide
    const other = mail({ 'List-Id': '<b.example.org>', Subject: 'Something else' })
    expect(eventsOf(await read({ 'a.mbox': onA, 'b.mbox': other }))).toHaveLength(2)
  })
})

describe('when it was written', () => {
  const timeOf = async (headers: Headers, envelope = ENVELOPE) => {
    const items = await read(mail(headers, 'Hi\n', envelope))
    return eventsOf(items)[0]?.occurred_at ?? problemsOf(items)[0]?.slice(1)
  }
  it('is read in the spellings of programs', async () => {
    expect(await timeOf({ Date: 'Tue, 3 Jan 2012 10:00:00 -0500 (EST)' })).toBe('2012-01-03T15:00:00.000Z')
    expect(await timeOf({ Date: '3 Jan 12 10:00 PST' })).toBe('2012-01-03T18:00:00.000Z')
    expect(await timeOf({ Date: 'Tue Jan  3 10:00:00 2012' })).toBe('2012-01-03T10:00:00.000Z')
    expect(await timeOf({ Date: 'Tue, 03-Jan-2012 10:00:00 GMT' })).toBe('2012-01-03T10:00:00.000Z')
    expect(await timeOf({ Date: 'Mon, 02 Jan 2012 23:59:60 +0000' })).toBe('2012-01-02T23:59:59.000Z')
    expect(await timeOf({ Date: 'Mon, 3 Jan 100 10:00:00 GMT' }, 'From a@b.org Mon Jan  3 10:00:00 2000')).toBe('2000-01-03T10:00:00.000Z')
  })

  it('is the delivery of the From line where the Date is missing or impossible', async () => {
    for (const date of [
      null,
      'Thu, 1 Jan 1970 00:00:00 +0000',
      'Mon, 2 Jan 0100 10:00:00 +0000',
      'Fri, 2 Jan 2099 10:00:00 +0000',
      'Mon, 31 Feb 2012 10:00:00 +0000',
      'now',
    ])
      expect(await timeOf({ Date: date })).toBe('2012-01-02T10:00:00.000Z')
    expect(await timeOf({ Date: null }, 'From 1536842912345@xxx Thu Sep 13 12:00:00 +0000 2018')).toBe('2018-09-13T12:00:00.000Z')
    expect(await timeOf({ Date: null }, 'From a@b.org Mon Jan 2 10:00:00 MET DST 1995')).toBe('1995-01-02T08:00:00.000Z')
  })

  it('is the delivery where the clock ran ahead of it, but not where the From line is made up', async () => {
    const Received = 'from a.org by lists.example.org with ESMTP; Mon, 2 Jan 2012 10:00:05 +0000'
    expect(await timeOf({ Date: 'Wed, 2 Jan 2013 10:00:00 +0000', Received })).toBe('2012-01-02T10:00:05.000Z')
    expect(await timeOf({ Date: 'Mon, 2 Jan 2012 22:00:00 +0000', Received })).toBe('2012-01-02T22:00:00.000Z')
    expect(await timeOf({}, `From ${'0123456789'.repeat(4)} Mon Sep 17 00:00:00 2001`)).toBe('2012-01-02T10:00:00.000Z')
  })

  it('is a rejected mail without either', async () => {
    expect(await timeOf({ Date: null }, 'From mboxrd@z Thu Jan  1 00:00:00 1970')).toEqual([1, '/Date', 'missing_field'])
    expect(await timeOf({ Date: 'Thu, 1 Jan 1970 00:00:00 +0000' }, 'From -7262517461213420345')).toEqual([1, '/Date', 'invalid_time'])
  })
})
