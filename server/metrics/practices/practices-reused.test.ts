import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { practicesReused } from './practices-reused.ts'

const row = { shared_count: 5, viewed_count: 3, reused_count: 2 }

test('how many', () => expect(measure(practicesReused, row)).toMatchObject({ status: 'ok', value: row.reused_count, n: row.reused_count }))
test('none is 0, not unknown', () => expect(measure(practicesReused, {})).toMatchObject({ status: 'ok', value: 0 }))
