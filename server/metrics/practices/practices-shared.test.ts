import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { practicesShared } from './practices-shared.ts'

const row = { shared_count: 5, viewed_count: 3, reused_count: 2 }

test('how many', () => expect(measure(practicesShared, row)).toMatchObject({ status: 'ok', value: row.shared_count, n: row.shared_count }))
test('none is 0, not unknown', () => expect(measure(practicesShared, {})).toMatchObject({ status: 'ok', value: 0 }))
