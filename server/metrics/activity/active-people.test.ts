import { expect, test } from 'vitest'
import { measure, peopleWith } from '../given-rows.ts'
import { activePeople } from './active-people.ts'

test('people with a contribution', () =>
  expect(measure(activePeople, peopleWith('contributions', [5, 3, 1], 1))).toMatchObject({ status: 'ok', value: 3 }))
test('nobody', () => expect(measure(activePeople, {})).toMatchObject({ status: 'ok', value: 0 }))
