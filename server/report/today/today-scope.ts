/** What today's list is found in: a community as known by the end of its data, wherever the clock stands. */
export type TodayScope = {
  communityId: string
  timeZone: string
  knownBy: Date
  /** The last local day before `knownBy`. */
  knownOn: string
  /** How many of each kind are listed; all are counted. */
  limit: number
}

/** A place in a source, as lists show it. */
export type Place = { source: string | null; source_event_id: string | null; url: string | null }

/** SQL: no manager has marked the contribution with this key. $1 is the community. */
export const isUnmarked = (
  key: string,
): string => `not exists (select from question_ruling r where r.community_id = $1 and r.event_key = ${key})
    and not exists (select from care_done d where d.community_id = $1 and d.event_key = ${key} and d.kind in ('unanswered_question', 'waiting_newcomer'))`

/** SQL: recognised as a question by its text, or in a thread that was inferred. `e` is event. */
export const IS_INFERRED = `(e.inferred_link is not null or (e.classified_by is not null and e.classified_by not in ('source', 'reply')))`

/**
 * Days for which a question, or a first post, is worth a reply. Our judgement: whoever asked has by then found another way or given
 * up, and a late answer helps only who searches.
 */
export const WORTH_DAYS = 30

/** SQL: an instant lies at least so many days back. In hours: an interval of days is as long as the zone of the session makes it. */
export const agedOver = (at: string, days: number, knownBy = '$2'): string =>
  `${at} <= ${knownBy}::timestamptz - interval '${days * 24} hours'`

export const DAY_MS = 86_400_000
