/** What was noticed in somebody's communities in a week, as one mail. */
import type { AlertContent } from '../../shared/contract/alert.ts'
import { formatDay, sayCount, sayCountOf, startSentence } from '../../shared/format.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { addressOf, NOTICE_WORDS, plainHeadline } from './alert-mail.ts'
import type { Block } from './mail-blocks.ts'
import { layOutText } from './mail-blocks-text.ts'
import { type ClosingLine, closingTexts, compileMjml, fillMail, layOutBlocks, type Mail, MAX_HTML_BYTES } from './mail-frame.ts'

export type DigestNotice = {
  content: AlertContent
  /** The local day on which it was told. */
  told_on: string
  /** Path of the dashboard. */
  alertPath: string
  /** Where one says that it was right or false, without signing in; null for who may only read. */
  say: string | null
}
export type DigestCommunity = {
  name: string
  notices: DigestNotice[]
  /** What was told before and has not ended. */
  standing: { headline: string; told_on: string; alertPath: string }[]
}
export type AlertDigest = { monday: string; communities: DigestCommunity[] }
export type DigestLinks = { baseUrl: string; unsubscribe: string; settings: string | null; why: string }

type Room = { notices: number; standing: number; line: number; hasSentence: boolean }
/** Our judgement: more is read on the pages. */
const ROOMS: Room[] = [
  { notices: 30, standing: 8, line: 400, hasSentence: true },
  { notices: 12, standing: 2, line: 200, hasSentence: false },
]

const noticeBlocks = ({ content, told_on, alertPath, say }: DigestNotice, baseUrl: string, room: Room): Block[] => {
  const evidence = addressOf(baseUrl, alertPath)
  const sentence = plainLine(content.sentences[0] ?? '', room.line)
  return [
    { kind: 'subheading', text: plainHeadline(content.headline, room.line) },
    { kind: 'small', text: `${NOTICE_WORDS[content.notice]} · told on ${formatDay(told_on)}` },
    ...(room.hasSentence && sentence !== '' ? [{ kind: 'paragraph' as const, text: sentence }] : []),
    ...(evidence === null
      ? []
      : [
          {
            kind: 'link' as const,
            text: 'See what it rests on',
            address: evidence,
            ...(say === null ? {} : { other: { text: 'Was it right?', address: say } }),
          },
        ]),
  ]
}

const cutDigest = (digest: AlertDigest, { baseUrl }: DigestLinks, room: Room): Block[] => {
  const all = digest.communities.flatMap(({ notices }) => notices)
  let left = room.notices
  return [
    { kind: 'kicker', text: `Alerts · weekly digest of ${formatDay(digest.monday)}` },
    { kind: 'title', text: titleOf(digest) },
    ...(all.length > room.notices
      ? [{ kind: 'notice' as const, text: 'Shortened: there is more than a mail holds. All of it stands on the Alerts pages.' }]
      : []),
    ...digest.communities.flatMap(({ name, notices, standing }): Block[] => {
      const shown = notices.slice(0, left)
      left -= shown.length
      if (shown.length === 0) return []
      return [
        { kind: 'heading', text: plainLine(name, 120) },
        ...shown.flatMap((one) => noticeBlocks(one, baseUrl, room)),
        ...(standing.length === 0
          ? []
          : [
              { kind: 'label' as const, text: 'Told before, and still so' },
              {
                kind: 'steps' as const,
                steps: standing.slice(0, room.standing).map(({ headline, told_on, alertPath }) => ({
                  text: `${plainHeadline(headline, room.line)} (told on ${formatDay(told_on)})`,
                  address: addressOf(baseUrl, alertPath),
                })),
              },
            ]),
      ]
    }),
  ]
}

/** Two things were noticed in Pump Engineers; in three communities. */
const titleOf = ({ communities }: AlertDigest): string => {
  const told = communities.filter(({ notices }) => notices.length > 0)
  const count = told.reduce((sum, { notices }) => sum + notices.length, 0)
  const where = told.length === 1 ? plainLine(told[0]?.name ?? '', 120) : sayCountOf(told.length, 'community', 'communities')
  return `${startSentence(sayCountOf(count, 'thing was', 'things were'))} noticed in ${where}`
}

const subjectOf = (digest: AlertDigest): string => {
  const [first, ...rest] = digest.communities.flatMap(({ notices }) => notices)
  if (first === undefined) return 'Alerts of the week'
  const more = rest.length === 0 ? '' : ` (and ${sayCount(rest.length)} more)`
  return `Alerts of the week: ${plainLine(first.content.subject, 120)}${more}`
}

const closingLines = ({ why, settings, unsubscribe }: DigestLinks): ClosingLine[] => [
  { before: why },
  ...(settings === null ? [] : [{ before: '', link: { text: 'Choose what you are told, and how', address: settings } }]),
  { before: '', link: { text: 'No more digests', address: unsubscribe } },
]

export const composeAlertDigest = async (digest: AlertDigest, links: DigestLinks): Promise<Mail> => {
  const subject = subjectOf(digest)
  const closing = closingLines(links)
  let mail: Mail = { subject, text: '', html: '' }
  for (const room of ROOMS) {
    const blocks = cutDigest(digest, links, room)
    const first = digest.communities.flatMap(({ notices }) => notices)[0]
    const laid = await compileMjml(layOutBlocks(blocks, first?.content.headline ?? subject))
    mail = { subject, text: layOutText(blocks, {}, closingTexts(closing)), html: fillMail(subject, laid, { closing }) }
    if (Buffer.byteLength(mail.html) <= MAX_HTML_BYTES) break
  }
  return mail
}
