import { CLAIM_BANDS } from '../../../shared/contract/value-claim.ts'
import type { ReportContent } from '../../../shared/contract/value-report.ts'
import {
  countOf,
  formatCount,
  formatDay,
  formatDecimal,
  formatPeriod,
  joinWords,
  NO_BREAK,
  savedHoursNumber,
  sayCount,
  sayCountOf,
  startSentence,
} from '../../../shared/format.ts'
import { addDays } from '../../../shared/period.ts'
import { isSmallCount, MIN_PEOPLE_NAMED } from '../cases.ts'
import type { AskedCounts, CostFacts } from './read-cost-facts.ts'
import { type ClaimSums, MOST_OF_ONE, whyHidden } from './sum-claims.ts'

export const CLAIMS_NOTE = 'claims'
const FEW = `fewer than ${sayCount(MIN_PEOPLE_NAMED)}`

/** 40 to 110 hours; no time at all. */
export const sayHoursRange = ({ low_hours, high_hours }: Pick<ClaimSums, 'low_hours' | 'high_hours'>): string => {
  const [low, high] = [savedHoursNumber(low_hours), savedHoursNumber(high_hours)]
  if (high === '0') return 'no time at all'
  return low === high ? `${high}${NO_BREAK}${high === '1' ? 'hour' : 'hours'}` : `${low} to ${high}${NO_BREAK}hours`
}

/** Whether the sums of a part may be told, and with them those of the rest: nobody may find out few people by subtracting. */
export const mayTellPart = (part: ClaimSums, rest: ClaimSums): boolean =>
  part.claim_count > 0 && whyHidden(part) === null && !isSmallCount(rest.people_count)

const sayAsked = ({ asked_count, asked_people_count, replied_count, replied_people_count }: AskedCounts): string => {
  if (asked_count === 0) return ''
  if (isSmallCount(asked_people_count)) return `${startSentence(FEW)} askers were asked.`
  const asked = `Askers were asked about ${countOf(asked_count, 'question')}`
  if (replied_count === 0) return `${asked}; none has replied.`
  if (replied_count === asked_count) return `${asked} and replied about every one.`
  if (isSmallCount(replied_people_count)) return `${asked}; ${FEW} of them replied.`
  return `${asked} and replied about ${formatCount(replied_count)}.`
}

const sayMonth = ({ month, claims }: CostFacts): string => {
  const name = formatPeriod(month)
  if (claims.month.claim_count === 0) return `None of it was said in ${name}.`
  if (claims.before_month.claim_count === 0) return `All of it was said in ${name}.`
  if (!mayTellPart(claims.month, claims.before_month)) return `Too few of them said so in ${name} for that month to be told by itself.`
  return `In ${name} by itself, ${sayCountOf(claims.month.people_count, 'member')} claimed ${sayHoursRange(claims.month)}.`
}

const sayOpen = ({ open_count, open_people_count }: ClaimSums): string[] => {
  const open = CLAIM_BANDS.find(({ high_hours }) => high_hours === null)
  if (open === undefined || open_count === 0) return []
  const words = `${open.label.charAt(0).toLowerCase()}${open.label.slice(1)} (over ${countOf(open.low_hours, 'hour')}) for one answer`
  if (isSmallCount(open_people_count)) return [`${startSentence(FEW)} members claimed ${words}.`]
  return [`${sayCountOf(open_count, 'claim')} by ${sayCountOf(open_people_count, 'member')} of ${words}.`].map(startSentence)
}

/** What members say they saved, in the twelve months and in the month; never of anybody who did not say it. */
export const writeClaims = (facts: CostFacts): ReportContent['pays']['claims'] => {
  const { claims, asked, year, has_unasked_claims } = facts
  const sums = claims.year
  const when = `in the twelve months to ${formatDay(addDays(year.to_on, -1))}`
  const isTold = !isSmallCount(asked.asked_people_count) && !isSmallCount(asked.replied_people_count)
  const nothing: ReportContent['pays']['claims'] = {
    sentence: '',
    claim_count: null,
    asked_count: has_unasked_claims || !isTold || asked.asked_count === 0 ? null : asked.asked_count,
    low_hours: null,
    central_hours: null,
    high_hours: null,
    outliers: [],
    note: null,
  }
  const say = (...sentences: string[]) => sentences.filter((sentence) => sentence !== '').join(' ')
  if (sums.all_people_count === 0)
    return {
      ...nothing,
      claim_count: 0,
      sentence:
        asked.asked_count === 0
          ? `Nobody was asked ${when} what an answer saved, and nobody said so unasked.`
          : say(`Nobody said ${when} how much time an answer saved.`, sayAsked(asked)),
    }
  if (sums.claim_count === 0 && !isSmallCount(sums.open_people_count))
    return {
      ...nothing,
      sentence: say(`What members claimed ${when} has no upper end, so it is not added up.`, sayAsked(asked)),
      outliers: sayOpen(sums),
      note: CLAIMS_NOTE,
    }
  const hidden = sums.claim_count === 0 ? 'few' : whyHidden(sums)
  if (hidden !== null) {
    const why =
      hidden === 'few' && !isSmallCount(sums.all_people_count)
        ? `What members said ${when} of the time an answer saved them is not shown: ${FEW} of them claimed hours that can be added up.`
        : hidden === 'few'
          ? `${startSentence(FEW)} members said ${when} how much time an answer saved them, so what they said is not shown.`
          : `Most of the hours that members claimed ${when} would come from too few of them to be shown.`
    return { ...nothing, sentence: say(why, sayAsked(asked)), note: CLAIMS_NOTE }
  }
  const all = `${startSentence(when)}, ${sayCountOf(sums.people_count, 'member')} said how much time an answer had saved them, ${sayTimes(sums.claim_count)}: ${sayHoursRange(sums)} together.`
  return {
    sentence: say(all, sayMonth(facts), sayAsked(asked), 'Nothing is assumed of anybody else.'),
    claim_count: sums.claim_count,
    asked_count: nothing.asked_count,
    low_hours: sums.low_hours,
    central_hours: sums.central_hours,
    high_hours: sums.high_hours,
    outliers: sayOpen(sums),
    note: CLAIMS_NOTE,
  }
}

const sayTimes = (count: number): string => (count === 1 ? 'once' : `${sayCountOf(count, 'time')} in all`)

const sayBand = ({ label, low_hours, high_hours }: (typeof CLAIM_BANDS)[number]): string =>
  high_hours === null ? label : high_hours === 0 ? label : `${label} (${formatDecimal(low_hours, 2)} to ${countOrDecimal(high_hours)})`
const countOrDecimal = (hours: number): string => `${formatDecimal(hours, 2)}${NO_BREAK}${hours === 1 ? 'hour' : 'hours'}`

/** How the sums are made, from the constants they are made with. */
export const CLAIMS_FOOTNOTE = {
  mark: CLAIMS_NOTE,
  text:
    `Members choose how much time an answer saved them: ${joinWords(
      CLAIM_BANDS.map((band) => sayBand(band).replace(/^./, (letter) => letter.toLowerCase())),
      'or',
    )}. ` +
    'Low is the sum of the lower ends, high the sum of the upper ends, and central the sum of the middles, halfway between the ends, because nothing is known of where within them a time lies. ' +
    'Hours that a source sends as a number fall into the band that holds them, on an edge into the lower one. ' +
    `The last has no upper end: it stands apart and is in none of the sums. Of what one asker said about one question the latest counts. Nothing is extrapolated to those who did not reply. ` +
    `Sums are not shown where ${FEW} members made them, or where more than ${MOST_OF_ONE === 0.5 ? 'half' : MOST_OF_ONE} of the hours come from one. The choices and these limits are our judgement.`,
}
