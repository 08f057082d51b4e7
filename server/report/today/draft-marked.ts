/** Items that were marked, as they are now. */
import type { Pool } from 'pg'
import { countOf, dayInZone, formatDay } from '../../../shared/format.ts'
import type { CareItem } from '../../../shared/contract/today.ts'
import { CONTRIBUTION_KINDS, type StoredMark } from '../../store/care-marks.ts'
import { type MarkedContribution, readContributions, readPeopleOf } from './find-marked.ts'
import type { TodayScope } from './today-scope.ts'

/** An item before it is known who may see whom. */
export type DraftItem = Omit<CareItem, 'person' | 'since'> & { person_id: string | null; since: Date }

export const draftMarked = async (
  pool: Pool,
  { communityId, timeZone }: TodayScope,
  marks: readonly StoredMark[],
): Promise<DraftItem[]> => {
  const contributions = await readContributions(
    pool,
    communityId,
    marks.flatMap((mark) => mark.event_key ?? []),
  )
  const byKey = new Map(contributions.map((one) => [one.event_key, one]))
  const people = await readPeopleOf(
    pool,
    communityId,
    marks.flatMap((mark) => mark.identity_key ?? []),
  )
  return marks.map((mark) => ({
    ...(CONTRIBUTION_KINDS.includes(mark.kind)
      ? draftContribution(mark, byKey.get(mark.item_key) ?? null, timeZone)
      : draftOther(mark, people.get(mark.identity_key ?? '') ?? null, timeZone)),
    mark: { as: mark.mark, marked_at: mark.marked_at.toISOString(), marked_by: mark.marked_by },
  }))
}

export const draftContribution = (
  { kind, item_key, since }: Pick<StoredMark, 'kind' | 'item_key' | 'since'>,
  found: MarkedContribution | null,
  timeZone: string,
): Omit<DraftItem, 'mark'> => ({
  kind,
  key: item_key,
  since: found?.since ?? since,
  why: sayContribution(found, found?.since ?? since, timeZone),
  person_id: found?.person_id ?? null,
  channel: found?.channel ?? null,
  source: found?.source ?? null,
  id: found?.source_event_id ?? null,
  url: found?.url ?? null,
  is_inferred: found?.is_inferred ?? false,
  marks: found?.is_question ? ['done', 'answered_elsewhere', 'not_a_question'] : ['done'],
})

const dayOf = (at: Date, timeZone: string): string => formatDay(dayInZone(at.toISOString(), timeZone))

const sayContribution = (found: MarkedContribution | null, since: Date, timeZone: string): string => {
  const on = dayOf(since, timeZone)
  if (found === null) return `Written on ${on}; it is no longer among the events.`
  const what = `${found.is_question ? 'Asked' : 'Posted'} on ${on}`
  if (found.is_deleted) return `${what}, and taken back since.`
  return found.answer_count > 0 ? `${what}; it has ${countOf(found.answer_count, 'answer')} by now.` : `${what}.`
}

const draftOther = (mark: StoredMark, person_id: string | null, timeZone: string): Omit<DraftItem, 'mark'> => ({
  kind: mark.kind,
  key: mark.item_key,
  since: mark.since,
  why:
    mark.kind === 'quiet_regular'
      ? `Wrote last on ${dayOf(mark.since, timeZone)} when this was marked.`
      : `Hung on one person since ${dayOf(mark.since, timeZone)} when this was marked.`,
  person_id,
  channel: mark.channel,
  source: null,
  id: null,
  url: null,
  is_inferred: false,
  marks: ['done'],
})
