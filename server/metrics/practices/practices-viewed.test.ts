import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { practicesViewed } from './practices-viewed.ts'

const row = { shared_count: 5, viewed_count: 3, reused_count: 2 }

test('how many', () => expect(measure(practicesViewed, row)).toMatchObject({ status: 'ok', value: row.viewed_count, n: row.viewed_count }))
test('none is 0, not unknown', () => expect(measure(practicesViewed, {})).toMatchObject({ status: 'ok', value: 0 }))
