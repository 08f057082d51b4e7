import type { EventInput } from '../../../../shared/contract/event.ts'
import type { ReadOptions, RowProblem } from '../source.ts'
import type { Layout, MemberColumn } from './columns.ts'
import { brokenText, cellOf } from './read-event-row.ts'
import { readTime } from './read-time.ts'

/**
 * One row of a list of members: a joining, a leaving, or both. Their ids are made of the member and the time, so a later
 * list of the same members adds only what is new.
 */
export const readMemberRow = (
  layout: Extract<Layout, { kind: 'members' }>,
  cells: string[],
  options: ReadOptions,
): { events: EventInput[] } | { problem: RowProblem } => {
  const cell = (column: MemberColumn) => cellOf(layout.at, cells, column)
  const member = cell('member')
  const name = cell('name')
  if (member === null) return { problem: { pointer: '/member', code: 'missing_field', message: 'The row names no member.' } }
  const broken = brokenText([
    ['member', member],
    ['name', name],
  ])
  if (broken) return { problem: broken }
  const actor = { id: member, ...(name === null ? {} : { name }) }
  const events: EventInput[] = []
  for (const [column, type] of [
    ['joined', 'member.joined'],
    ['left', 'member.left'],
  ] as const) {
    const text = cell(column)
    if (text === null) continue
    const found = readTime(text, options)
    if ('problem' in found) return { problem: { pointer: `/${column}`, ...found.problem } }
    events.push({ id: `${column}:${member}:${found.time}`, source: cell('source') ?? options.source, type, occurred_at: found.time, actor })
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
  return { events }
}
