import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EventInput, eventSchema } from '../../../../shared/contract/event.ts'
import { countWords } from '../../classify/word-counts.ts'
import { ARCHETYPE_NAMES } from './archetypes.ts'
import { contributionsForEvents, generateEvents, type SyntheticOptions } from './synthetic.ts'

const END = new Date('2026-03-18T10:00:00Z')
const options = (changed: Partial<SyntheticOptions> = {}): SyntheticOptions => ({
  archetype: 'community',
  seed: 1,
  endAt: END,
  timeZone: 'Europe/Amsterdam',
  ...changed,
})
const make = (changed: Partial<SyntheticOptions> = {}) => [...generateEvents(options(changed))]
const isContribution = ({ type }: EventInput) => /^(question|answer\.posted|reply|post|announcement|document|task)/.test(type)

describe('a made-up community', () => {
  it('is the same for the same seed and another for another', () => {
    expect(make()).toEqual(make())
    expect(make({ seed: 2 })).not.toEqual(make())
  })

  it('is in order, ends when told, and holds together, whatever its settings', { timeout: 20_000 }, () => {
    const settings = fc.record({
      archetype: fc.constantFrom(...ARCHETYPE_NAMES),
      seed: fc.nat(),
      timeZone: fc.constantFrom('UTC', 'Pacific/Auckland', 'America/St_Johns', 'Asia/Kolkata'),
      members: fc.integer({ min: 2, max: 60 }),
      weeks: fc.integer({ min: 1, max: 50 }),
      contributionsPerWeek: fc.integer({ min: 0, max: 20 }),
      noise: fc.double({ min: 0, max: 1, noNaN: true }),
      seasonality: fc.double({ min: 0, max: 1, noNaN: true }),
      trend: fc.double({ min: 0, max: 4, noNaN: true }),
      hasBot: fc.boolean(),
      feed: fc.option(fc.record({ name: fc.constant('Headlines'), isFlagged: fc.boolean(), perWeek: fc.integer({ min: 1, max: 40 }) }), {
        nil: undefined,
      }),
      blend: fc.option(fc.record({ archetype: fc.constantFrom(...ARCHETYPE_NAMES), share: fc.double({ min: 0, max: 1, noNaN: true }) }), {
        nil: undefined,
      }),
      silence: fc.option(fc.record({ weeks: fc.integer({ min: 1, max: 30 }), endsWeeksBeforeEnd: fc.integer({ min: 0, max: 20 }) }), {
        nil: undefined,
      }),
      workTalk: fc.option(
        fc.record({
          artefact: fc.double({ min: 0, max: 3, noNaN: true }),
          document: fc.double({ min: 0, max: 3, noNaN: true }),
        }),
        { nil: undefined },
      ),
    })
    fc.assert(
      fc.property(settings, (changed) => {
        const events = make(changed)
        const seen = new Map<string, EventInput>()
        const left = new Set<string>()
        const joined = new Set(['bot', 'feed'])
        let last = ''
        for (const event of events) {
          expect(eventSchema.safeParse(event).error).toBeUndefined()
          expect(event.occurred_at >= last).toBe(true)
          expect(seen.has(event.id)).toBe(false)
          const actor = event.actor?.id ?? ''
          if (event.type === 'member.joined') joined.add(actor)
          expect(joined.has(actor)).toBe(true)
          expect(left.has(actor)).toBe(false)
          if (event.type === 'member.left') left.add(actor)
          // what is answered was said before, and nobody answers their own question
          if (event.in_reply_to) expect(seen.has(event.in_reply_to)).toBe(true)
          if (event.type === 'answer.posted') expect(seen.get(event.in_reply_to ?? '')?.actor?.id).not.toBe(actor)
          last = event.occurred_at
          seen.set(event.id, event)
        }
        expect(last <= END.toISOString()).toBe(true)
      }),
      {
        numRuns: 60,
        examples: [
          // a day of 23 hours, and something early on the next
          [
            {
              archetype: 'teaching_platform',
              seed: 1440798343,
              timeZone: 'America/St_Johns',
              members: 39,
              weeks: 55,
              contributionsPerWeek: 10,
              noise: 0,
              seasonality: 0,
              trend: 3.595843806542443,
              hasBot: true,
              feed: undefined,
              blend: undefined,
              silence: undefined,
              workTalk: undefined,
            },
          ],
        ],
      },
    )
  })

  it('has about as many contributions, events and members as asked for', () => {
    const events = make({ weeks: 60, contributionsPerWeek: 40, seasonality: 0, members: 80 })
    const perWeek = events.filter(isContribution).length / 60
    expect(perWeek).toBeGreaterThan(33)
    expect(perWeek).toBeLessThan(47)
    const members = events.reduce((sum, { type }) => sum + Number(type === 'member.joined') - Number(type === 'member.left'), 0)
    expect(members).toBeGreaterThan(60)
    expect(members).toBeLessThan(110)
    for (const archetype of ['community', 'newsletter'] as const)
      for (const wanted of [3000, 20_000]) {
        const count = make({
          archetype,
          members: 200,
          contributionsPerWeek: contributionsForEvents(wanted, options({ archetype, members: 200 })),
        }).length
        expect(count / wanted).toBeGreaterThan(0.8)
        expect(count / wanted).toBeLessThan(1.25)
      }
  })

  it('can be as small as a few dozen events', () => {
    const { length } = make({ archetype: 'too_little_data' })
    expect(length).toBeGreaterThan(15)
    expect(length).toBeLessThan(120)
  })

  it('is quieter at weekends and at night, and grows where it should', () => {
    const events = make({ weeks: 100, contributionsPerWeek: 60, trend: 3, seasonality: 1 }).filter(isContribution)
    const local = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Amsterdam', weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
    const parts = events.map(({ occurred_at }) =>
      Object.fromEntries(local.formatToParts(new Date(occurred_at)).map(({ type, value }) => [type, value])),
    )
    const share = (test: (part: Record<string, string>) => boolean) => parts.filter(test).length / parts.length
    expect(share(({ weekday }) => weekday === 'Sat' || weekday === 'Sun')).toBeLessThan(0.22)
    expect(share(({ hour }) => Number(hour) < 6)).toBeLessThan(0.06)
    const middle = END.getTime() - 50 * 7 * 86_400_000
    const late = events.filter(({ occurred_at }) => Date.parse(occurred_at) > middle).length
    expect(late / (events.length - late)).toBeGreaterThan(1.4)
  })

  it('shares practices that others view and reuse, where it is a community', () => {
    const events = make({ weeks: 100 })
    const practices = new Map(events.filter(({ type }) => type === 'practice.shared').map((event) => [event.id, event]))
    const uses = events.filter(({ in_reply_to }) => practices.has(in_reply_to ?? ''))
    expect(practices.size).toBeGreaterThan(10)
    expect(new Set(uses.map(({ type }) => type))).toEqual(new Set(['content.viewed', 'practice.reused']))
    for (const use of uses) expect(use.actor?.id).not.toBe(practices.get(use.in_reply_to ?? '')?.actor?.id)
    expect(make({ archetype: 'newsletter' }).some(({ type }) => type.startsWith('practice'))).toBe(false)
  })

  it('marks its bot as one', () => {
    const byBot = make({ hasBot: true }).filter(({ actor }) => actor?.is_bot)
    expect(byBot.length).toBeGreaterThan(100)
    expect(make().some(({ actor }) => actor?.is_bot)).toBe(false)
  })

  it('keeps what it made before the newer settings came, whatever a demo shows of it', () => {
    const plain = make({ archetype: 'teaching_platform', seed: 15 })
    const texts = ({ text, title }: EventInput) => [title, text]
    const wordy = make({ archetype: 'teaching_platform', seed: 15, workTalk: { artefact: 0, document: 0 } })
    expect(wordy.map((event) => ({ ...event, text: null }))).toEqual(plain.map((event) => ({ ...event, text: null })))
    expect(wordy.flatMap(texts)).not.toEqual(plain.flatMap(texts))
    const fed = make({ archetype: 'teaching_platform', seed: 15, feed: { name: 'Headlines', isFlagged: false, perWeek: 20 } })
    expect(fed.filter(({ actor }) => actor?.id !== 'feed')).toEqual(plain)
  })

  it('talks of work as often as it is told to', () => {
    const rates = (changed: Partial<SyntheticOptions>) => {
      const sum = { words: 0, artefact: 0, document: 0 }
      for (const { title, text } of make({ weeks: 100, contributionsPerWeek: 40, noise: 0, ...changed })) {
        const counted = countWords(title, text)
        sum.words += counted.word_count
        sum.artefact += counted.artefact_word_count
        sum.document += counted.document_word_count
      }
      return [(100 * sum.artefact) / sum.words, (100 * sum.document) / sum.words] as const
    }
    for (const [artefact, document] of [
      [0.74, 0.85],
      [1.4, 0.9],
      [0.2, 0.3],
    ] as const) {
      const [a, d] = rates({ archetype: 'talking_workgroup', workTalk: { artefact, document } })
      expect(Math.abs(a - artefact)).toBeLessThan(0.15)
      expect(Math.abs(d - document)).toBeLessThan(0.15)
    }
    // its edits and announcements speak of work a little, as they do in life
    const [a, d] = rates({ archetype: 'community', workTalk: { artefact: 0, document: 0 } })
    expect(a + d).toBeLessThan(0.3)
  })

  it('blends two archetypes by their contributions', () => {
    const shareOfWork = (share: number) => {
      const events = make({
        archetype: 'community',
        blend: { archetype: 'newsletter', share },
        noise: 0,
        weeks: 100,
        contributionsPerWeek: 40,
      }).filter(isContribution)
      return events.filter(({ type }) => type === 'announcement.published').length / events.length
    }
    expect(shareOfWork(0)).toBeLessThan(0.05)
    expect(Math.abs(shareOfWork(0.5) - 0.47)).toBeLessThan(0.06)
    expect(shareOfWork(1)).toBeGreaterThan(0.85)
  })

  it('falls silent and wakes', () => {
    const weeksAgo = (weeks: number) => new Date(END.getTime() - weeks * 7 * 86_400_000).toISOString()
    const said = make({ weeks: 100, silence: { weeks: 30, endsWeeksBeforeEnd: 20 } })
      .filter(isContribution)
      .map(({ occurred_at }) => occurred_at)
    const between = (from: number, to: number) => said.filter((at) => at >= weeksAgo(from) && at < weeksAgo(to)).length
    expect(between(100, 50)).toBeGreaterThan(400)
    expect(between(50, 20)).toBe(0)
    expect(between(20, 0)).toBeGreaterThan(150)
  })

  it('brings a monthly newsletter out twelve times a year, by one author', () => {
    const issues = make({ archetype: 'monthly_newsletter', weeks: 104 }).filter(isContribution)
    expect(issues.length).toBeGreaterThanOrEqual(23)
    expect(issues.length).toBeLessThanOrEqual(25)
    expect(new Set(issues.map(({ actor, type }) => `${type} ${actor?.id}`)).size).toBe(1)
  })
})
