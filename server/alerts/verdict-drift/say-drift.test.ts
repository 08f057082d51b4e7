import { describe, expect, it } from 'vitest'
import { alertContentSchema } from '../../../shared/contract/alert.ts'
import type { Verdict } from '../../../shared/contract/verdict.ts'
import { EXAMPLES } from '../../diagnosis/example-windows.ts'
import { judge } from '../../diagnosis/judge.ts'
import { type DriftTold, sayAsMeant, sayDrift, sayNoDrift, sayStandingNow, whyNotJudged } from './say-drift.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const judged = judge(EXAMPLES.blog)
const blog: Verdict = {
  ...judged,
  at: '2026-04-30',
  support: 0.93,
  support_detail: { ...judged.support_detail, strength: 'clear', resamples: 1000, threads: 40 },
  standing: 'blog',
}
const frame = (name = 'Pumps', notice: 'began' | 'recovered' | 'withdrawn' = 'began'): DriftTold['frame'] => ({
  rule: 'verdict-drift',
  notice,
  community: { slug: 'pumps', name, time_zone: 'UTC' },
  on: '2026-04-01',
  known_by: '2026-05-02T00:00:00.000Z',
  chart: null,
  evidence_path: '/c/pumps/alerts?rule=verdict-drift&on=2026-04-01',
})
const say = (more: Partial<DriftTold> = {}) =>
  sayDrift({
    frame: frame(),
    purpose: 'community',
    before: { verdict: 'community', since: '2025-02-28' },
    since: '2026-04-30',
    standing: 'blog',
    verdict: blog,
    asked: 2,
    a_year: 0.044,
    ...more,
  })

describe('a verdict that drifts', () => {
  it('is told with what stood, what stands, the rules that decide by the stored verdict, and the way back', () => {
    const content = say()
    expect(alertContentSchema.parse(content)).toEqual(content)
    expect(content.subject).toBe('Pumps: it now reads as a blog (since April 2026)')
    expect(content.headline).toBe('Meant to be a community, it has stood as a blog since the end of April 2026.')
    expect(content.sentences[0]).toBe('Community stood before, since the end of February 2025.')
    expect(content.sentences[1]).toBe(blog.because)
    expect(content.sentences[2]).toBe(blog.flip?.sentence)
    expect(plain(content.how_sure)).toBe(
      'What stands changes only when another verdict is clear at two month ends in a row; of the last month, 93 % of 1,000 windows drawn anew read the same. False alarms where nothing changes, by simulation, in the worst kind of community: about one in 25 years.',
    )
    const rule = blog.rules.find(({ verdict }) => verdict === 'blog')
    const test = rule?.tests.find(({ passed, alternative }) => passed && alternative === 0)
    expect(plain(content.figures[0]?.label ?? '').toLowerCase()).toBe(test?.label.toLowerCase())
    expect(plain(content.figures[0]?.usual ?? '')).toContain(`${Math.round((test?.threshold ?? 0) * 100)} % decides`)
    expect(content.caveats[0]).toContain(`Judged by the rules ${blog.rules_version}`)
    expect(content.look_first.map(({ path }) => path)).toEqual([
      '/c/pumps?at=2026-04',
      '/c/pumps/evidence?at=2026-04-30',
      '/c/pumps/voices',
    ])
  })

  it('without a charter says so, and where to declare one', () => {
    const content = say({ purpose: null })
    expect(content.headline).toBe('It has stood as a blog since the end of April 2026.')
    expect(content.caveats[1]).toContain('No charter says what it is meant to be')
  })

  it('does not claim the month for what stands where the month reads otherwise', () => {
    const content = say({ verdict: { ...blog, verdict: 'mixed' } })
    expect(content.sentences[1]).toContain('The month itself reads mixed')
    expect(plain(content.how_sure)).not.toContain('drawn anew')
  })
})

it('stands as meant again', () => {
  const community: Verdict = { ...judge(EXAMPLES.community), at: '2026-08-31', standing: 'community' }
  const content = sayAsMeant({
    frame: frame('Pumps', 'recovered'),
    purpose: 'community',
    verdict: community,
    drift: 'blog',
    since: '2026-04-30',
  })
  expect(alertContentSchema.parse(content)).toEqual(content)
  expect(content.headline).toBe('It stands as a community again, as intended, from the end of August 2026 on.')
  expect(content.sentences[0]).toBe('Blog had stood since the end of April 2026.')
})

it('is withdrawn as history judged anew where the rules are others', () => {
  const kept = say()
  const withdrawn = (rules: string) => sayNoDrift({ frame: frame('Pumps', 'withdrawn'), kept, rules, standing: 'community' }).sentences[1]
  expect(withdrawn('9999.1')).toContain('The rules by which it is judged have changed')
  expect(withdrawn(blog.rules_version)).toContain('What came late, a threshold or the charter')
})

it('says how it stands', () => {
  expect(sayStandingNow(null, null, null)).toContain('no month is over')
  expect(sayStandingNow('community', { standing: 'blog', since: '2026-04-30' }, 'now')).toBe(
    'Blog stands since the end of April 2026; meant to be a community, so it drifts.',
  )
  // nothing that stands so says what it is, and nobody drifts into it
  expect(sayStandingNow('community', { standing: 'dormant', since: '2026-08-31' }, 'before')).toBe(
    'Dormant since the end of August 2026, so it cannot be judged: where hardly anything happens, nothing says what it is. What was told before stands meanwhile.',
  )
  expect(sayStandingNow(null, { standing: 'too_little_data', since: null }, null)).toBe(
    'Too little data, so it cannot be judged: nothing says yet what it is.',
  )
  expect(sayStandingNow(null, { standing: 'mixed', since: '2026-04-30' }, 'before')).toBe(
    'Mixed stands since the end of April 2026. What was told before stands meanwhile.',
  )
  expect(whyNotJudged('dormant')).toContain('dormant')
  expect(whyNotJudged('mixed')).toBeNull()
})

it('takes nothing of a name for more than text', () => {
  const evil = '\u202e<b>x</b>\r\nBcc: a@example.com\u0000'.padEnd(300, 'y')
  for (const { community: _, ...content } of [
    say({ frame: frame(evil) }),
    sayNoDrift({ frame: frame(evil, 'withdrawn'), kept: say({ frame: frame(evil) }), rules: '', standing: null }),
  ]) {
    for (const trap of ['\u202e', '\\u0000', '\\r', '\\n']) expect(JSON.stringify(content)).not.toContain(trap)
    expect(content.subject.length).toBeLessThan(150)
  }
})
