import { describe, expect, it } from 'vitest'
import { alertContentSchema } from '../../../shared/contract/alert.ts'
import type { ToldAct } from './follow-acts.ts'
import { sayActs, sayNoAct, sayUndoneActs } from './say-acts.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const frame = (name = 'Pumps', notice: 'began' | 'recovered' | 'withdrawn' = 'began') => ({
  rule: 'bulk-removal' as const,
  notice,
  community: { slug: 'pumps', name, time_zone: 'UTC' },
  on: '2026-03-02',
  known_by: '2026-03-09T01:00:00.000Z',
  chart: null,
  evidence_path: '/c/pumps/alerts?rule=bulk-removal&on=2026-03-02',
})
const removed: ToldAct = {
  what: 'removed',
  on: '2026-03-04',
  week_on: '2026-03-02',
  at: new Date('2026-03-04T10:00:00Z'),
  count: 184,
  week_count: 190,
  undone: null,
  brought_back: null,
}
const say = (acts: ToldAct[], name?: string) =>
  sayActs({ frame: frame(name), acts, usual: (what) => (what === 'removed' ? 2.2 : 0.1), a_year: 0 })

describe('members removed at once', () => {
  it('are told with what they count as and what nobody else will say', () => {
    const content = say([removed])
    expect(alertContentSchema.parse(content)).toEqual(content)
    expect(content.subject).toBe('Pumps: 184 members were removed at once on 4 March 2026')
    expect(content.headline).toBe('184 members were removed at once on 4 March 2026.')
    expect(content.sentences).toEqual([
      'So many within one minute is one act of an administrator or of a program, not people who leave by themselves. The count of members follows it; trends of joins and leavers and the decline alarm leave the week out.',
      'If these people have really gone, nothing else here will say so: the decline alarm cannot see it. A note on that day keeps it in sight.',
    ])
    expect(Object.values(content.figures[0] ?? {})).toEqual([
      'Removed at once',
      '184 within one minute, of 190 who left in the week',
      'about 2 leave in a week',
      'not counted as leavers',
    ])
    expect(plain(content.how_sure)).toContain('More than 20 within one minute that are more than 50 % of the period')
    expect(content.look_first.map(({ path }) => path)).toEqual([
      '/c/pumps/cases?metric=leavers&period=2026-W10',
      '/c/pumps/interventions?new=2026-03-04',
      '/c/pumps/membership',
    ])
  })

  it('and brought back are one thing, and a handful that was not is not counted out', () => {
    const back = (count: number): ToldAct => ({ ...removed, brought_back: { on: '2026-03-06', count, is_same_people: true } })
    expect(say([back(120)]).headline).toBe('184 members were removed and brought back on 4 March 2026.')
    expect(say([back(120)]).sentences[0]).toBe('By 6 March 2026 most were members again, 120 of them within two weeks.')
    expect(say([back(182)]).sentences[0]).toContain('nearly all of them')
    const content = sayUndoneActs({ frame: frame('Pumps', 'recovered'), acts: [back(182)], usual: () => null, a_year: 0 })
    expect(alertContentSchema.parse(content)).toEqual(content)
    expect(content.sentences.at(-1)).toBe('Neither counts as joins or as leavers. Nothing need be done.')
  })

  it('or imported: who joined', () => {
    const content = say([{ ...removed, what: 'imported' }])
    expect(content.headline).toBe('184 members were imported at once on 4 March 2026.')
    expect(content.sentences[0]).toContain('not people who join by themselves')
    expect(content.sentences).toHaveLength(1)
    expect(content.figures[0]?.usual).toBe('hardly anybody joins in a week')
    expect(content.look_first[0]?.path).toContain('metric=joins')
  })
})

it('takes nothing of a name for more than text', () => {
  const evil = '\u202e<b>x</b>\r\nBcc: a@example.com\u0000'.padEnd(300, 'y')
  for (const { community: _, ...content } of [
    say([removed], evil),
    sayNoAct({ frame: frame(evil, 'withdrawn'), kept: say([removed], evil) }),
  ]) {
    for (const trap of ['\u202e', '\\u0000', '\\r', '\\n']) expect(JSON.stringify(content)).not.toContain(trap)
    expect(content.subject.length).toBeLessThan(150)
  }
})
