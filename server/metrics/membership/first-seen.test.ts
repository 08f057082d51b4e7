import { expect, test } from 'vitest'
import { measure, telling } from '../given-rows.ts'
import { firstSeen } from './first-seen.ts'

test('people seen for the first time, whatever the sources tell of joining', () => {
  expect(measure(firstSeen, { joined: 2, first_seen: 6 }, telling('contributions'))).toMatchObject({ status: 'ok', value: 6 })
})
test('nobody', () => expect(measure(firstSeen, { joined: 2 })).toMatchObject({ status: 'ok', value: 0 }))
