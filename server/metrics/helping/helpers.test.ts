import { expect, test } from 'vitest'
import { measure, peopleWith } from '../given-rows.ts'
import { helpers } from './helpers.ts'

test('people with an answer to someone else', () =>
  expect(measure(helpers, peopleWith('answers', [5, 0, 3, 1, 0]))).toMatchObject({ status: 'ok', value: 3 }))
test('nobody', () => expect(measure(helpers, peopleWith('contributions', [5, 3]))).toMatchObject({ status: 'ok', value: 0 }))
