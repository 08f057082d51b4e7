import { expect, test } from 'vitest'
import { sayBesideRow } from './say-beside-row.ts'

const row = { verdict: 'community', standing: 'community', strength: 'clear', intention: null, own_threshold_count: 0 } as const
const seen = (lines: string[]) => lines.map((line) => line.replaceAll('\u00a0', ' '))

test('under a verdict stand how sure it is, what the month says where that differs, its charter and its own thresholds', () => {
  expect(sayBesideRow(row)).toEqual(['Clear'])
  expect(sayBesideRow({ ...row, standing: null, strength: 'leaning', verdict: 'blog' })).toEqual(['This month leans blog'])
  expect(sayBesideRow({ ...row, strength: 'none', verdict: 'mixed' })).toEqual(['This month reads as mixed'])
  expect(sayBesideRow({ ...row, verdict: 'dormant', standing: 'dormant', strength: null })).toEqual([])
  const intention = { purpose: 'workgroup', state: 'drifting', sentence: '' } as const
  expect(seen(sayBesideRow({ ...row, intention, own_threshold_count: 2 }))).toEqual([
    'Clear',
    'Drifting: meant to be a workgroup',
    'By two thresholds of its own',
  ])
})
