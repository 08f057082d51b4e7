import { describe, expect, it } from 'vitest'
import { madeUpReport } from '../../../e2e/made-up-report.ts'
import { listMarks, noteId, placeId } from './list-marks.ts'

describe('listMarks', () => {
  it('finds every place of a footnote in reading order', () => {
    const marks = listMarks(madeUpReport().content)
    expect([...marks.keys()]).toEqual(['7', '1', '2', '3', '4', '5', '6'])
    expect(marks.get('1')).toEqual([placeId('1', 'help-answered'), placeId('1', 'experience-top')])
  })

  it('makes ids of marks that are none', () => {
    expect(noteId('† "x')).toMatch(/^note-[\w-]+$/)
    expect(noteId('†')).not.toBe(noteId('‡'))
  })
})
