import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { questions } from './questions.ts'

test('questions asked', () => expect(measure(questions, { question_count: 12 })).toMatchObject({ status: 'ok', value: 12 }))
test('none', () => expect(measure(questions, {})).toMatchObject({ status: 'ok', value: 0 }))
