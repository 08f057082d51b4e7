import { expect, it } from 'vitest'
import type { CsvMapping } from '../../../shared/contract/import.ts'
import { changeKind, mapColumn } from './csv-fields.ts'

const MAPPING: CsvMapping = {
  kind: 'events',
  columns: { occurred_at: 'When', actor_id: 'Who', text: 'Body' },
  types: { Frage: 'question.asked' },
  every_row: null,
  date_order: 'day_first',
  day_numbers: '1900',
  time_zone: null,
}

it('gives a field one column and a column one field', () => {
  expect(mapColumn(MAPPING, 'Body', 'title').columns).toEqual({ occurred_at: 'When', actor_id: 'Who', title: 'Body' })
  expect(mapColumn(MAPPING, 'Other', 'actor_id').columns).toEqual({ occurred_at: 'When', actor_id: 'Other', text: 'Body' })
  expect(mapColumn(MAPPING, 'Who', null).columns).toEqual({ occurred_at: 'When', text: 'Body' })
})

it('keeps who and when where a list of events turns out to be one of members', () => {
  expect(changeKind(MAPPING, 'members')).toMatchObject({ kind: 'members', columns: { joined: 'When', member: 'Who' }, every_row: null })
  expect(changeKind(changeKind(MAPPING, 'members'), 'events').columns).toEqual({ occurred_at: 'When', actor_id: 'Who' })
})
