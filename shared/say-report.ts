/** What has become of a report, in words: the same on the page, in the PDF and in the mail. */
import type { ValueReport } from './contract/value-report.ts'
import { countOf, dayInZone, formatInstant, formatPeriod, formatZone } from './format.ts'

type Standing = Pick<ValueReport, 'status' | 'revision' | 'last_revision' | 'made_at' | 'corrections'> & {
  content: Pick<ValueReport['content'], 'month' | 'community' | 'days'>
}

/** Revision 2, or nothing where nothing was corrected. */
export const sayRevision = ({ revision }: Pick<ValueReport, 'revision'>): string =>
  revision === null || revision === 1 ? '' : `, revision ${revision}`

/** When it was made, and that it stays so. */
export const sayMade = ({ status, made_at, revision, content }: Standing): string => {
  const at = formatInstant(made_at, content.community.time_zone)
  if (status === 'preview') return `A preview of the numbers as they were on ${at}; it is kept nowhere.`
  return `Frozen on ${at}${revision !== null && revision > 1 ? ` as revision ${revision}` : ''}: later data do not change it.`
}

/** One line on what is being read: frozen and since when, which revision, or that it may still change. */
export const sayStanding = (report: Standing): string => {
  const { status, content, revision, last_revision, corrections } = report
  if (status === 'preview')
    // a preview is of the moment: data that end early do not keep a month from being over
    return dayInZone(report.made_at, content.community.time_zone) > content.days.to
      ? `Preview: the report of ${formatPeriod(content.month)} has not been made yet, and the numbers may still change.`
      : `Preview: ${formatPeriod(content.month)} is not over yet, and the numbers will still change.`
  const at = formatInstant(report.made_at, content.community.time_zone)
  if (revision !== null && last_revision !== null && revision < last_revision)
    return `Revision ${revision}, frozen on ${at}. Revision ${last_revision} has corrected it since.`
  const own = corrections.find((one) => one.revision === revision)
  return own === undefined || revision === 1
    ? `Frozen on ${at}.`
    : `Revision ${revision}, frozen on ${at}. It corrects the one before: ${own.reason}`
}

/** What it rests on. */
export const saySources = ({ content }: Pick<ValueReport, 'content'>): string => {
  const zone = content.community.time_zone
  const known =
    content.known_by === null
      ? 'No data have come yet.'
      : `It uses what was known by ${formatInstant(content.known_by, zone)} and nothing later.`
  return `${known} Days and times are those of ${formatZone(zone)}. The verdict follows rules version ${content.rules_version}, and is made from what members did, never from a count of messages.`
}

export const sayWithdrawn = (count: number): string =>
  `${countOf(count, 'story', 'stories')} that stood here ${count === 1 ? 'was' : 'were'} taken back by ${count === 1 ? 'its teller' : 'their tellers'} since.`

/** The name of the document, as a tab and a PDF carry it. */
export const titleOf = ({ status, revision, content }: Pick<ValueReport, 'status' | 'revision' | 'content'>): string =>
  `${content.community.name}: value report, ${content.title}${status === 'preview' ? ' (preview)' : sayRevision({ revision })}`
