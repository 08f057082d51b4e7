import { expect, test } from 'vitest'
import { measure } from '../given-rows.ts'
import { rejoins } from './rejoins.ts'

test('those of the joins that came back', () =>
  expect(measure(rejoins, { joined: 12, rejoined: 3 })).toMatchObject({ status: 'ok', value: 3 }))
test('nobody', () => expect(measure(rejoins, { joined: 12 })).toMatchObject({ status: 'ok', value: 0 }))
