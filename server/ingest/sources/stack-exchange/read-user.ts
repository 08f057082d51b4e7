import type { EventInput } from '../../../../shared/contract/event.ts'
import type { RowProblem, SourceAccount } from '../source.ts'
import { type Attributes, COMMUNITY_USER, TIME } from './read-post.ts'

export type User = { account: SourceAccount; joined: EventInput | null } | { problem: RowProblem }

/** One `<row>` of Users.xml: the name of an account, and when it was made. The site's own background process joins nothing. */
export const readUser = (row: Attributes, source: string): User => {
  const id = row.Id ?? ''
  if (!/^-?\d+$/.test(id))
    return { problem: { pointer: '/Id', code: row.Id ? 'invalid_value' : 'missing_field', message: 'The row has no number in Id.' } }
  const time = row.CreationDate ?? ''
  const isSite = id === COMMUNITY_USER
  if (!isSite && !TIME.test(time))
    return {
      problem: {
        pointer: '/CreationDate',
        code: time === '' ? 'missing_field' : 'invalid_time',
        message: `Account ${id}: "${time.slice(0, 40)}" is not a time such as 2014-01-21T20:26:05.383.`,
      },
    }
  return {
    account: { id, ...(row.DisplayName ? { name: row.DisplayName } : {}), ...(isSite ? { is_bot: true } : {}) },
    joined: isSite ? null : { id: `user-${id}`, source, type: 'member.joined', occurred_at: `${time}Z`, actor: { id } },
  }
}
