import type { CommunitySummary } from '../../../shared/contract/community.ts'

export type Step = {
  id: 'make' | 'bring' | 'declare' | 'invite'
  title: string
  why: string
  isDone: boolean
}

/** What a person still has to do until the dashboard is theirs, in order. `invited`: who else may see the community; null where not known. */
export const listSteps = (
  community: Pick<CommunitySummary, 'known_by' | 'intention'> | null,
  invited: number | null,
): [Step, Step, Step, Step] => [
  { id: 'make', title: 'Make a community', why: 'Give it a name and the time zone in which its days begin.', isDone: community !== null },
  {
    id: 'bring',
    title: 'Bring its history',
    why: 'Drop the export of the place where it talks, or let a program send events. The verdict follows in a minute.',
    isDone: community?.known_by != null,
  },
  {
    id: 'declare',
    title: 'Say what it is meant to be',
    why: 'A newsletter that is meant to be one is no failed community: the verdict reads “as intended” or “drifting”.',
    isDone: community?.intention != null,
  },
  {
    id: 'invite',
    title: 'Invite those who care',
    why: 'The people who look after it, and the sponsor who pays for it.',
    isDone: invited !== null && invited > 0,
  },
]

/** Whoever has more communities of their own than this knows the way (our judgement). */
const MOST_OF_A_NEWCOMER = 3

/** The community that a newcomer goes on with: the newest of their own; null where one is done, or there are several. Demo communities need no steps. */
export const findUnfinished = (communities: readonly CommunitySummary[]): CommunitySummary | null => {
  const own = communities.filter((one) => !one.is_demo && (one.role === 'administrator' || one.role === 'manager'))
  if (own.length > MOST_OF_A_NEWCOMER || own.some(({ known_by, intention }) => known_by !== null && intention !== null)) return null
  return own.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))[0] ?? null
}
