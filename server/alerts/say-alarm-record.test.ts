import { expect, it } from 'vitest'
import { addCounted, describeAlarmRecord, poissonInterval } from './say-alarm-record.ts'

// R: poisson.test(k)$conf.int
it.each([
  [0, 0, 3.688879],
  [1, 0.02531781, 5.571643],
  [3, 0.6186721, 8.767273],
  [10, 4.795389, 18.39036],
  [100, 81.36396, 121.6268],
])('%s of something fits from %s to %s', (count, low, high) => {
  const found = poissonInterval(count)
  expect(found.low).toBeCloseTo(low, 3)
  expect(found.high).toBeCloseTo(high, 3)
})

const counted = { years: 4, told: 0, false_alarms: 0, right: 0, expected: 0.8 }
it('says whether what is stated holds, and no more than the counts bear', () => {
  const say = (over: Partial<typeof counted>) => describeAlarmRecord({ ...counted, ...over }).sentence
  expect(say({})).toBe('Nothing was told so far; by what is stated, 0.8 would have been false by now.')
  expect(say({ expected: 4 })).toContain('alarms are rarer here than stated')
  expect(say({ told: 1 })).toBe(
    'One\u00a0alert was told, and nobody has said whether it was right; by what is stated, 0.8 would have been false by now.',
  )
  expect(say({ told: 3, right: 1, false_alarms: 1 })).toBe(
    'Three\u00a0alerts were told; of the two that somebody judged, one was called false. By what is stated, 0.8 would have been false by now; that fits anything from 0 to 5.6, so what is stated holds so far.',
  )
  expect(say({ told: 6, false_alarms: 6 })).toContain('that is more than chance explains')
  expect(say({ told: 2, right: 2, expected: 5 })).toContain('less often than stated')
  // of those nobody judged, some may have been false
  expect(say({ told: 3, right: 2, expected: 5 })).not.toContain('less often')
})

it('adds what was counted apart', () => {
  expect(addCounted([counted, { years: 1, told: 2, false_alarms: 1, right: 1, expected: 0.2 }])).toEqual({
    years: 5,
    told: 2,
    false_alarms: 1,
    right: 1,
    expected: 1,
  })
})
