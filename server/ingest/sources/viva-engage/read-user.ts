import { type EventInput, MAX_NAME_LENGTH } from '../../../../shared/contract/event.ts'
import type { RowProblem, SourceAccount } from '../source.ts'
import type { Row } from './read-columns.ts'
import { readTime } from './read-time.ts'

export type User = { account: SourceAccount; events: EventInput[]; problems: RowProblem[] } | { problem: RowProblem } | { skipped: string }

/**
 * One row of Users.csv. Who was invited and never came has no joined_at; a suspended account may come back, so only a deleted
 * one has left.
 */
export const readUser = (row: Row, source: string): User => {
  const id = row.get('id') ?? ''
  if (!/^\d{1,20}$/.test(id))
    return { problem: { pointer: '/id', code: row.has('id') ? 'invalid_value' : 'missing_field', message: 'The row has no number in id.' } }
  const [name, email] = [row.get('name') ?? row.get('full_name'), row.get('email')]
  const account: SourceAccount = {
    id,
    ...(name ? { name: name.slice(0, MAX_NAME_LENGTH).toWellFormed() } : {}),
    ...(email && email.length <= MAX_NAME_LENGTH ? { email } : {}),
  }
  const events: EventInput[] = []
  const problems: RowProblem[] = []
  for (const [column, type] of [
    ['joined_at', 'member.joined'],
    ['deleted_at', 'member.left'],
  ] as const) {
    const time = row.get(column)
    if (time === undefined) continue
    const at = readTime(time)
    if (at === null)
      problems.push({
        pointer: `/${column}`,
        code: 'invalid_time',
        message: `Account ${id}: "${time.slice(0, 40)}" is not a possible time such as 2024-01-31T09:00:00Z.`,
      })
    else events.push({ id: `${type === 'member.joined' ? 'joined' : 'left'}-${id}`, source, type, occurred_at: at, actor: { id } })
  }
  return { account, events, problems }
}
