/** An alert as a mail: what its rule wrote, laid out so that three seconds tell what it is and thirty what to do. */
import type { AlertContent, AlertNotice } from '../../shared/contract/alert.ts'
import { plainLine } from '../../shared/plain-text.ts'
import type { Block, Step } from './mail-blocks.ts'
import { layOutText } from './mail-blocks-text.ts'
import { type ClosingLine, closingTexts, compileMjml, fillMail, type Laid, layOutBlocks, type Mail, MAX_HTML_BYTES } from './mail-frame.ts'
import { drawWeeks } from './week-chart.ts'

/** The same of every recipient. */
export type AlertPlace = {
  /** Of this server, without a slash at the end. */
  baseUrl: string
  /** Path of the dashboard where the alert itself stands; null for one that is nowhere, as a test. */
  alertPath: string | null
}
/** A recipient's own. Each address works without signing in; to open it changes nothing. */
export type AlertMailLinks = {
  /** Where one says that it was right or false, or wants to hear no more of it for a while; null for who may only read, and in a test. */
  say: string | null
  unsubscribe: string
  /** Where one sets how and of what one is told; null for who has no account. */
  settings: string | null
  /** Why this person gets it, in a sentence. */
  why: string
  isTest?: boolean
}

/** Characters of each text, and how many of each list. The rules' own words are shorter; these hold whatever they are. */
type Room = { line: number; rows: number; has_chart: boolean }
const ROOMS: Room[] = [
  { line: 700, rows: 8, has_chart: true },
  { line: 300, rows: 4, has_chart: true },
  { line: 150, rows: 2, has_chart: false },
]
const SUBJECT_LENGTH = 160

export const NOTICE_WORDS: Record<AlertNotice, string> = {
  began: 'Alert',
  clearly_worse: 'Clearly worse',
  recovered: 'Recovered',
  passed: 'Over',
  withdrawn: 'Withdrawn',
}

const TEST_NOTE =
  'This is a test: it shows what an alert looks like as a mail, and was sent to you alone. Nothing was noticed; the numbers are made up.'

/** The address of a page of the dashboard; null for what is no path of ours. */
export const addressOf = (baseUrl: string, path: string): string | null =>
  /^\/(?![/\\])[\w\-./?&=%:+~#,]*$/.test(path) ? `${baseUrl}${path}` : null

/** A headline ends without a stop, also where it is a sentence. */
export const plainHeadline = (text: string, most: number): string => plainLine(text, most).replace(/(?<!\.)\.$/, '')

const textBlocks = (kind: 'paragraph' | 'subheading', text: string, { line }: Room): Block[] => {
  const plain = plainLine(text, line)
  return plain === '' ? [] : [{ kind, text: plain }]
}

const listBlocks = (texts: readonly string[], { line, rows }: Room): Block[] => {
  const plain = texts.map((one) => plainLine(one, line)).filter((one) => one !== '')
  return plain.length === 0 ? [] : [{ kind: 'list', texts: plain.slice(0, rows) }]
}

const driverBlocks = ({ driver }: AlertContent, room: Room): Block[] =>
  driver === null
    ? []
    : [
        ...textBlocks('subheading', 'What is behind it', room),
        ...textBlocks('paragraph', driver.sentence, room),
        ...(driver.parts.length === 0
          ? []
          : [
              {
                kind: 'figures' as const,
                rows: driver.parts.slice(0, room.rows).map(({ of, label, share }) => ({
                  label: `${plainLine(of, 60)}: ${plainLine(label, 120)}`,
                  when: null,
                  value: plainLine(share, 60),
                  reason: null,
                  mark: null,
                })),
              },
            ]),
      ]

const lookBlocks = ({ look_first }: AlertContent, { baseUrl }: AlertPlace, room: Room): Block[] => {
  const steps: Step[] = look_first.slice(0, room.rows).map(({ text, path }) => ({
    text: plainLine(text, room.line),
    address: addressOf(baseUrl, path),
  }))
  return steps.length === 0 ? [] : [...textBlocks('subheading', 'What to look at first', room), { kind: 'steps', steps }]
}

/** The pieces, in the order in which a mail is read. */
export const cutAlert = (content: AlertContent, place: AlertPlace, room: Room = ROOMS[0] as Room): Block[] => {
  const drawn = content.chart !== null && room.has_chart ? drawWeeks(content.chart) : null
  // said once is enough, on a phone above all
  const isSaid = content.sentences.includes(content.chart?.caption ?? '')
  const chart = drawn === null ? null : { ...drawn, caption: isSaid ? '' : drawn.caption }
  const evidence = addressOf(place.baseUrl, place.alertPath ?? content.evidence_path)
  return [
    { kind: 'kicker', text: `${plainLine(content.community.name, 120)} · ${NOTICE_WORDS[content.notice]}` },
    { kind: 'title', text: plainHeadline(content.headline, room.line) },
    ...content.sentences.slice(0, room.rows).flatMap((sentence) => textBlocks('paragraph', sentence, room)),
    ...(chart === null ? [] : [{ kind: 'weeks' as const, chart }]),
    ...(content.figures.length === 0
      ? []
      : [
          {
            kind: 'compared' as const,
            rows: content.figures.slice(0, room.rows).map(({ label, now, usual, change }) => ({
              label: plainLine(label, 120),
              now: plainLine(now, 120),
              usual: plainLine(usual, 120),
              change: plainLine(change, 120),
            })),
          },
        ]),
    ...driverBlocks(content, room),
    ...lookBlocks(content, place, room),
    ...(content.how_sure === ''
      ? []
      : [...textBlocks('subheading', 'How sure this is', room), ...textBlocks('paragraph', content.how_sure, room)]),
    ...listBlocks(content.caveats, room),
    ...(evidence === null ? [] : [{ kind: 'link' as const, text: 'See what it rests on', address: evidence }]),
  ]
}

const closingLines = ({ say, unsubscribe, settings, why }: AlertMailLinks): ClosingLine[] => [
  ...(say === null
    ? []
    : [
        { before: 'Was it wrong? ', link: { text: 'Say that it was a false alarm', address: `${say}#wrong` } },
        { before: 'Know it already? ', link: { text: 'Snooze it for 4 weeks', address: `${say}#snooze` } },
      ]),
  { before: why },
  ...(settings === null ? [] : [{ before: '', link: { text: 'Choose what you are told, or a weekly digest', address: settings } }]),
  { before: '', link: { text: 'No more alerts of this community', address: unsubscribe } },
]

const layOut = (content: AlertContent, place: AlertPlace, room: Room): { blocks: Block[]; laid: Promise<Laid> } => {
  const blocks = cutAlert(content, place, room)
  return { blocks, laid: compileMjml(layOutBlocks(blocks, content.sentences[0] ?? content.headline)) }
}

/** The same alert for several: laid out once, with each one's own links. */
export const composeAlertMails = async (content: AlertContent, place: AlertPlace, links: readonly AlertMailLinks[]): Promise<Mail[]> => {
  let mails: Mail[] = []
  for (const room of ROOMS) {
    const { blocks, laid } = layOut(content, place, room)
    const layout = await laid
    mails = links.map((own) => {
      const subject = `${own.isTest ? 'Test: ' : ''}${plainLine(content.subject, SUBJECT_LENGTH)}`
      const closing = closingLines(own)
      const note = own.isTest ? TEST_NOTE : null
      return {
        subject,
        text: layOutText(blocks, {}, [...(note === null ? [] : [note]), ...closingTexts(closing)]),
        html: fillMail(subject, layout, { note, closing }),
      }
    })
    if (mails.every(({ html }) => Buffer.byteLength(html) <= MAX_HTML_BYTES)) break
  }
  return mails
}

export const composeAlertMail = async (content: AlertContent, place: AlertPlace, links: AlertMailLinks): Promise<Mail> =>
  (await composeAlertMails(content, place, [links]))[0] as Mail
