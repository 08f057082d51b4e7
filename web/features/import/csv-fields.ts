import type { CsvMapping } from '../../../shared/contract/import.ts'

/** What a column can hold, in the words of a person who has never read our names. */
export const FIELD_WORDS: Record<CsvMapping['kind'], Record<string, string>> = {
  events: {
    occurred_at: 'When it happened',
    occurred_time: 'Time of day',
    actor_id: 'Who (id or name)',
    actor_name: 'Name of the person',
    actor_email: 'E-mail address',
    type: 'What kind it is',
    title: 'Title',
    text: 'Text',
    channel: 'Channel or group',
    thread_id: 'Thread',
    in_reply_to: 'Answers (id of a row)',
    id: 'Id of the row',
    target_actor: 'Whom it answers (id)',
    target_actor_name: 'Whom it answers (name)',
    reaction: 'Reaction',
    url: 'Link to the original',
    actor_is_bot: 'Is a bot',
    source: 'Source',
    properties: 'Properties, as JSON',
  },
  members: {
    member: 'Who (id)',
    name: 'Name of the person',
    email: 'E-mail address',
    joined: 'Joined on',
    left: 'Left on',
    is_bot: 'Is a bot',
    source: 'Source',
  },
}

/** The same column as the other kind of list has it. */
const SAME: readonly (readonly [events: string, members: string])[] = [
  ['actor_id', 'member'],
  ['actor_name', 'name'],
  ['actor_email', 'email'],
  ['occurred_at', 'joined'],
  ['actor_is_bot', 'is_bot'],
  ['source', 'source'],
]

/** The mapping of the same columns for the other kind of list. */
export const changeKind = (mapping: CsvMapping, kind: CsvMapping['kind']): CsvMapping => {
  if (mapping.kind === kind) return mapping
  const columns: Record<string, string> = {}
  for (const [events, members] of SAME) {
    const [from, to] = kind === 'members' ? [events, members] : [members, events]
    const column = mapping.columns[from]
    if (column !== undefined) columns[to] = column
  }
  return { ...mapping, kind, columns, types: {}, every_row: kind === 'events' ? 'message.posted' : null }
}

/** Gives a column a field, or with null none; a field has one column, so another one loses it. */
export const mapColumn = (mapping: CsvMapping, column: string, field: string | null): CsvMapping => {
  const columns = Object.fromEntries(Object.entries(mapping.columns).filter(([name, held]) => held !== column && name !== field))
  return { ...mapping, columns: field === null ? columns : { ...columns, [field]: column } }
}
