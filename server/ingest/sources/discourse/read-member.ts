import type { EventInput } from '../../../../shared/contract/event.ts'
import { type JsonObject, textOf, wholeOf } from '../json-fields.ts'
import type { RowProblem, SourceAccount } from '../source.ts'
import { isOwnAccount } from './read-post.ts'

export type ReadMember = { account: SourceAccount; join: EventInput | { skipped: string } } | { problem: RowProblem; account?: undefined }

/** "2017-01-02 01:04:54 UTC", as the list of users is written (app/jobs/regular/export_csv_file.rb), or ISO 8601, as the API writes. */
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(?: UTC|Z)$/

const isYes = (value: unknown) => value === true || value === 'true' || value === 't'
const isNo = (value: unknown) => value === false || value === 'false' || value === 'f'

/**
 * A row of the list of users, an account of the admin API or of a webhook. The list has no fractions of a second, so they are left
 * out everywhere, or the same join would be two.
 */
export const readMember = (row: JsonObject, source: string): ReadMember => {
  const id = wholeOf(row.id)
  if (id === null) return { problem: { pointer: '/id', code: 'missing_field', message: 'The row has no number in id.' } }
  const name = textOf(row.name) ?? textOf(row.username)
  const email = textOf(row.email)
  const account = {
    id: String(id),
    ...(name === null ? {} : { name: name.slice(0, 512) }),
    ...(isOwnAccount(id) ? { is_bot: true } : {}),
    ...(email === null ? {} : { email }),
  }
  if (isOwnAccount(id)) return { account, join: { skipped: 'account of Discourse itself' } }
  // made for the sender of a mail, who never came
  if (isYes(row.staged)) return { account, join: { skipped: 'staged account: a sender of mail who never signed up' } }
  if (isNo(row.active) && !textOf(row.last_seen_at)) return { account, join: { skipped: 'account that was never activated' } }
  const time = textOf(row.created_at)
  const parts = time === null ? null : TIME.exec(time.trim())
  if (parts === null)
    return {
      problem: {
        pointer: '/created_at',
        code: time === null ? 'missing_field' : 'invalid_time',
        message:
          time === null
            ? `Account ${id} has no created_at.`
            : `Account ${id}: "${time.slice(0, 40)}" is not a time such as 2017-01-02 01:04:54 UTC.`,
      },
    }
  return {
    account,
    join: {
      id: `join-${id}`,
      source,
      type: 'member.joined',
      occurred_at: `${parts[1]}T${parts[2]}Z`,
      actor: { id: String(id) },
    },
  }
}
