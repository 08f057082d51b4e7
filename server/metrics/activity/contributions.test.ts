import { expect, test } from 'vitest'
import { measure, peopleWith } from '../given-rows.ts'
import { contributions } from './contributions.ts'

test('all contributions, anonymous ones included', () =>
  expect(measure(contributions, peopleWith('contributions', [5, 3], 4))).toMatchObject({ status: 'ok', value: 12 }))
test('none', () => expect(measure(contributions, {})).toMatchObject({ status: 'ok', value: 0 }))
