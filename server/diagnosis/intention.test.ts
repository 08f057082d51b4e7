import { describe, expect, it } from 'vitest'
import { PURPOSES } from '../../shared/contract/charter.ts'
import { VERDICTS } from '../../shared/contract/verdict.ts'
import { intentionOf } from './intention.ts'

describe('whether it is as intended', () => {
  it('is not asked where nothing is declared', () => {
    for (const standing of [...VERDICTS, null]) expect(intentionOf(null, standing)).toBeNull()
  })

  it('is so for whatever it is meant to be, calmly', () => {
    for (const purpose of PURPOSES) expect(intentionOf(purpose, purpose)?.state).toBe('as_intended')
    expect(intentionOf('newsletter', 'newsletter')?.sentence).toBe('A newsletter, as intended.')
  })

  it('drifts where another pattern stands, and says which', () => {
    expect(intentionOf('community', 'blog')).toEqual({
      purpose: 'community',
      state: 'drifting',
      sentence: 'Meant to be a community, and drifting: it reads as a blog.',
    })
    for (const purpose of PURPOSES)
      for (const standing of PURPOSES)
        if (purpose !== standing && !(purpose === 'teaching_platform' && standing === 'community'))
          expect(intentionOf(purpose, standing)?.state).toBe('drifting')
  })

  it('is so for a platform for teaching whose people help each other, but not the other way round', () => {
    expect(intentionOf('teaching_platform', 'community')?.state).toBe('as_intended')
    expect(intentionOf('community', 'teaching_platform')?.state).toBe('drifting')
  })

  it('accuses nobody where nothing can be judged or no pattern is clear', () => {
    for (const standing of ['dormant', 'too_little_data', 'mixed', null] as const) {
      const intention = intentionOf('workgroup', standing)
      expect(intention?.state).toBe('not_judged')
      expect(intention?.sentence).toMatch(/^Meant to be a workgroup; /)
    }
  })
})
