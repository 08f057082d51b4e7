import type { EventInput } from '../../../../shared/contract/event.ts'
import type { ReadOptions } from '../source.ts'
import type { Layout, MemberField } from './columns.ts'
import { brokenText, cellOf, type FoundRow, readingOf, readPerson } from './read-event-row.ts'
import { readTime } from './read-time.ts'

/**
 * One row of a list of members: a joining, a leaving, or both. Their ids are made of the member and the time, so a later
 * list of the same members adds only what is new.
 */
export const readMemberRow = (layout: Layout, cells: readonly string[], options: ReadOptions): FoundRow => {
  const cell = (field: MemberField) => cellOf(layout.at, cells, field)
  const [id, name, email] = [cell('member'), cell('name'), cell('email')]
  const broken = brokenText([
    ['member', id],
    ['name', name],
    ['email', email],
  ])
  if (broken) return { problem: broken }
  const member = readPerson({ id, name, email, isBot: cell('is_bot') })
  // in a column of ids an empty cell is a mistake: the name would stand for another account than that of the events
  if (member === null || (id === null && layout.at.has('member')))
    return { problem: { pointer: '/member', code: 'missing_field', message: 'The row names no member.' } }
  const source = cell('source') ?? options.source
  const isOwn = source === options.source
  const events: EventInput[] = []
  for (const [field, type] of [
    ['joined', 'member.joined'],
    ['left', 'member.left'],
  ] as const) {
    const text = cell(field)
    if (text === null) continue
    const found = readTime(text, readingOf(layout.mapping, options))
    if ('problem' in found) return { problem: { pointer: `/${field}`, ...found.problem } }
    const actor = isOwn ? { id: member.id } : member
    events.push({ id: `${field}:${member.id}:${found.time}`, source, type, occurred_at: found.time, actor })
  }
  if (events.length === 0)
    return {
      problem: { pointer: '/joined', code: 'missing_field', message: 'The row says neither when the member joined nor when they left.' },
    }
  const [first, second] = events
  if (first && second && Date.parse(second.occurred_at) < Date.parse(first.occurred_at))
    return {
      problem: { pointer: '/left', code: 'invalid_value', message: 'The member left before joining: one of the two times is wrong.' },
    }
  return { events, accounts: isOwn && Object.keys(member).length > 1 ? [member] : [] }
}
