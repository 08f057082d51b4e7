/** The mail that gives a manager the draft of a report, some days before it goes out. */
import { MADE_AT } from '../../shared/contract/report-settings.ts'
import type { ValueReport } from '../../shared/contract/value-report.ts'
import { countOf, formatDay, formatZone, sayCountOf } from '../../shared/format.ts'
import { daysOfPeriod } from '../../shared/period.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { composeMail } from './mail-page.ts'
import { wrap } from './mail-blocks-text.ts'

const MAX_CAVEATS = 5

type Parts = { page: string; name: string; subscriberCount: number }

export const composeDraftMail = (
  draft: ValueReport,
  { page, name, subscriberCount }: Parts,
): { subject: string; text: string; html: string } => {
  const { content } = draft
  const community = plainLine(content.community.name, 120)
  const goesOut = `${formatDay(daysOfPeriod(content.month, 'month').to_on)} at ${MADE_AT}, ${formatZone(content.community.time_zone)}`
  const recipients =
    subscriberCount === 0
      ? 'Nobody is on the list for it by mail yet; it will stand on its page.'
      : `It goes to ${countOf(subscriberCount, 'address', 'addresses')} by mail, and stands on its page.`
  const stories =
    content.stories.length === 0
      ? 'No story is in it so far.'
      : `${sayCountOf(content.stories.length, 'story', 'stories').replace(/^./, (first) => first.toUpperCase())} ${content.stories.length === 1 ? 'is' : 'are'} in it; you can choose others.`
  const ask =
    content.ask === null
      ? 'Nothing is asked of the sponsor so far: you can add what you need from them this month.'
      : `You ask of the sponsor: “${plainLine(content.ask.text, 300)}”`
  const mail = composeMail({
    subject: `Draft: ${plainLine(content.community.name, 60)}, ${plainLine(content.title, 40)}, goes out on ${formatDay(daysOfPeriod(content.month, 'month').to_on)}`,
    paragraphs: [
      `Hello ${plainLine(name, 80)},`,
      `the value report of ${community} for ${plainLine(content.title, 40)} is made by itself on ${goesOut}. ${recipients} As the numbers stand now, it begins:`,
      `“${plainLine(content.opening.headline, 300)}”`,
      ...content.caveats.slice(0, MAX_CAVEATS).map((caveat) => `To know: ${plainLine(caveat, 300)}`),
      stories,
      ask,
      'If you do nothing, it goes out as it is. Its numbers will still change until the month is over.',
    ],
    link: { text: 'Read the draft, add what you ask, choose stories', address: page },
    closing: `You get this because you look after ${community} in Barnraise. How many days before the first it comes, or that it does not, is set on the page “How the report is made”.`,
  })
  return {
    ...mail,
    text: mail.text
      .split('\n')
      .flatMap((line) => (line === '' ? [''] : wrap(line)))
      .join('\n'),
  }
}
