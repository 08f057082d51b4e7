import { expect, test } from 'vitest'
import { compareReplay, sayCompared, sayReplay } from './compare-replay.ts'

const told = (began_on: string, ended_on: string | null = null) => ({ began_on, ended_on, ending: null, worse_on: [], headline: began_on })

test('each alert of now is held against the nearest of the replay', () => {
  const now = [told('2024-01-01', '2024-06-03'), told('2025-03-03', '2025-09-01')]
  const compared = compareReplay(now, [told('2024-02-05', '2024-05-06'), told('2025-12-01')])
  expect(compared.map(({ what, days }) => [what, days])).toEqual([
    ['later', 35],
    ['missing', 0],
    ['added', 0],
  ])
  expect(compared.map(sayCompared)).toEqual(['told five\u00a0weeks later', 'would not be told', 'would be told as well'])
  expect(compareReplay(now, now).map(({ what }) => what)).toEqual(['same', 'same'])
})

test('one that stands through two of the replay is one of them, the nearer', () => {
  const compared = compareReplay([told('2024-06-03', '2025-06-02')], [told('2024-05-06', '2024-08-05'), told('2025-02-03', '2025-06-02')])
  expect(compared.map(({ what, days }) => [what, days])).toEqual([
    ['sooner', 28],
    ['added', 0],
  ])
})

test('what changes is said in a sentence', () => {
  expect(sayReplay([], 3)).toBe('It would have told nothing in the 3 years that could be judged, as now.')
  const same = compareReplay([told('2024-01-01')], [told('2024-01-01')])
  expect(sayReplay(same, 0.5)).toBe('It would have told once, and tells once now, each at the same time.')
  expect(sayReplay(compareReplay([told('2024-01-01')], []), 2)).toBe(
    'It would have told nothing in the 2 years that could be judged, and tells once now: one\u00a0alert fewer.',
  )
})
