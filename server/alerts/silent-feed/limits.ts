/**
 * Every figure by which a feed is called silent, once. They are our judgement, chosen by simulation of sources that go on as ever
 * (npm run validate:alerts): the floor says that nothing came though much would have, the factor that it was never so long before.
 */

/** So many events would have come: the figure by which the decline alarm takes a silent community for a cut feed. */
export { CUT_EXPECTED as LEAST_EXPECTED } from '../../diagnosis/direction/hear-weeks.ts'

/** It is a feed when it sent on so many days, so far apart, in the year before; an archive is read on a day or two, and then again much later or never. */
export const FEED_DAYS = 9
export const FEED_SPAN_DAYS = 28

/**
 * So many times its longest silence of the last year. Of few silences the longest says little of the next, hence more of them; and
 * more than two of many, because lengths of silences may be very unlike each other.
 */
export const timesLongest = (silences: number): number => 2.5 + 6 / silences

/** What is usual is taken from so many days before the silence: the first of these in which it sent on so many days. */
export const USUAL_DAYS = [56, 182, 364] as const
export const USUAL_SENDING_DAYS = 15
/** A single day counts for at most so many times the median of the days on which it sent: somebody brought more than a day. */
export const MOST_OF_A_DAY = 5

export const YEAR_DAYS = 364
/** Seasons are asked of a source that sends in most weeks: of the half year before, in this share of them. Others are judged by their rhythm alone. */
export const STEADY_WEEKS = 26
export const STEADY_SHARE = 0.75
/** A week of the same season a year before counts where so many events would be usual in a week; it is set against so many days on either side. */
export const SEASON_EXPECTED = 10
export const SEASON_AROUND_DAYS = 91
/** What the calendar says where a year ago cannot be compared with: nothing need come at the turn of the year, and little in summer. */
export const YEARS_END_SHARE = 0
export const SUMMER_SHARE = 0.1

/** Two days of a silence may be holidays that no calendar told us of, and on a holiday this much of the usual is said. */
export const UNTOLD_HOLIDAYS = 2
export const HOLIDAY_SHARE = 0.02

/** It sends again when, within a week, this share of what is usual has come since the first of it. */
export const RECOVERED_SHARE = 0.1
export const RECOVERED_DAYS = 7

/** After so long it is taken for given up, and ends without a word. */
export const GIVEN_UP_DAYS = 182
