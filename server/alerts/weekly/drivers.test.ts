import { describe, expect, it } from 'vitest'
import { createRandom } from '../../ingest/sources/synthetic/random.ts'
import { type ChannelCounts, driverOf, partOfTopAnswerer, partsOfChannels } from './channel-driver.ts'
import { driveTop } from './top-driver.ts'

const channel = (name: string | null, now: [number, number], before: [number, number], askers = 20): ChannelCounts => ({
  channel: name,
  now: { cases: now[0], of: now[1] },
  before: { cases: before[0], of: before[1] },
  askers,
})
const UNMET = { unmet: 'without an answer', dispersion: 1.3 }

describe('which channel carries a rise', () => {
  it('is the one in which it lies, if it rose further than the others', () => {
    const parts = partsOfChannels([channel('pumps', [14, 20], [10, 100]), channel('valves', [3, 20], [10, 100])], UNMET)
    // 17 where 4 would be usual: 12 of 13 in pumps
    expect(parts[0]).toMatchObject({ label: 'pumps', share: '92\u00a0% of it', isNamed: true })
    expect(driverOf(parts, 'none')).toMatchObject({
      is_found: true,
      sentence: expect.stringContaining('14 of 20 stayed without an answer'),
    })
  })
  it('is none where it is the same everywhere, however large one is', () => {
    const parts = partsOfChannels([channel('large', [40, 80], [40, 400]), channel('small', [10, 20], [10, 100])], UNMET)
    expect(driverOf(parts, 'None.')).toMatchObject({ is_found: false, sentence: expect.stringContaining('the same everywhere') })
  })
  it('is not named where so few cases cannot tell it from the rest', () => {
    const parts = partsOfChannels([channel('pumps', [5, 9], [10, 100]), channel('valves', [3, 9], [10, 100])], UNMET)
    expect(driverOf(parts, 'None.')).toMatchObject({
      is_found: false,
      sentence:
        'No single cause is plain: 66\u00a0% of it lies in “pumps”, which cannot be told here from a change that is the same everywhere.',
    })
  })
  it('is named by chance in few rises that are the same everywhere', () => {
    const random = createRandom(11)
    const draw = (of: number, share: number) => Array.from({ length: of }).filter(() => random.isTrue(share)).length
    let named = 0
    for (let i = 0; i < 2000; i++) {
      const channels = ['a', 'b', 'c'].map((name) => channel(name, [draw(14, 0.5), 14], [draw(90, 0.2), 90]))
      if (driverOf(partsOfChannels(channels, { unmet: '', dispersion: 1 }), '')?.is_found) named++
    }
    expect(named / 2000).toBeLessThan(0.02)
  })
  it('says nothing of few people, of no channel, nor of the only one', () => {
    expect(partsOfChannels([channel('few', [9, 10], [1, 100], 4), channel(null, [9, 10], [1, 100])], UNMET)).toEqual([])
    expect(partsOfChannels([channel('only', [9, 10], [1, 100])], UNMET)).toEqual([])
    const [part] = partsOfChannels([channel('pumps', [14, 20], [10, 100]), channel('few', [1, 20], [10, 100], 4)], UNMET)
    expect(part?.sentence).not.toContain('other channels')
  })
})

describe('whether the person who answered most has stopped', () => {
  const all = { now: { cases: 24, of: 40 }, before: { cases: 40, of: 200 }, dispersion: 1.3 }
  it('is said where that explains half', () =>
    expect(partOfTopAnswerer({ now: 0, before: 80 }, all)).toMatchObject({
      isNamed: true,
      sentence: expect.stringContaining('has stopped'),
    }))
  it('is not said where they answer on, or never answered much', () => {
    expect(partOfTopAnswerer({ now: 8, before: 80 }, all)?.isNamed).toBe(false)
    expect(partOfTopAnswerer({ now: 0, before: 15 }, all)?.isNamed).toBe(false)
    expect(partOfTopAnswerer({ now: 0, before: 0 }, all)).toBeNull()
  })
})

describe('what makes one person’s share larger', () => {
  const before = { cases: 60, of: 200, heard: 48 }
  it('is that the others answer less', () =>
    // usual in eight weeks: ten, and 23 by the others
    expect(driveTop({ now: { cases: 10, of: 14, heard: 8 }, before })).toMatchObject({
      is_found: true,
      parts: [{ label: 'The others answer less', share: 'all of it' }],
    }))
  it('is that one answers more', () =>
    expect(driveTop({ now: { cases: 60, of: 83, heard: 8 }, before })).toMatchObject({
      is_found: true,
      sentence: expect.stringContaining('one person answers more: whoever answers most gave 60, where about 10 would be usual'),
    }))
  it('is both', () => expect(driveTop({ now: { cases: 24, of: 34, heard: 8 }, before })?.is_found).toBe(false))
  it('is nothing where the share is as before', () => expect(driveTop({ now: { cases: 10, of: 36, heard: 8 }, before })).toBeNull())
})
