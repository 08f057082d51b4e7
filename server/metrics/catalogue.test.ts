import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAMILIES, type Measured, measuredSchema, metricDescriptionSchema } from '../../shared/contract/metric.ts'
import { describeMetric, metrics } from './catalogue.ts'
import { contextOf } from './capabilities.ts'
import { exchangeOf } from './given-rows.ts'
import type { AnyMetric } from './metric.ts'
import { TOP_COUNTS } from './readings/without-top-ctes.ts'
import * as minima from './sample-minima.ts'
import { spreadOf, sumsOf } from './statistics/spread.ts'

const here = import.meta.dirname
const files = FAMILIES.flatMap((family) =>
  readdirSync(`${here}/${family}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => ({ family, id: name.slice(0, -3) })),
)
const camelCase = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

describe.each(files)('$family/$id', ({ family, id }) => {
  test('exports one metric, named after the file, in the list', async () => {
    const module = (await import(`./${family}/${id}.ts`)) as Record<string, AnyMetric>
    const metric = module[camelCase(id)]
    expect(metric).toMatchObject({ id, family })
    expect(metrics).toContain(metric)
  })

  test('has its own test', () => expect(readdirSync(`${here}/${family}`)).toContain(`${id}.test.ts`))

  test('fills every field', () => {
    const metric = metrics.find((m) => m.id === id) as AnyMetric
    const description = metricDescriptionSchema.parse(describeMetric(metric))
    for (const text of [description.title, description.question, description.explanation, description.citation])
      expect(text.trim()).toMatch(/^\S.{3,}/s)
    expect(description.question).toMatch(/\?$/)
    expect(description.explanation).toMatch(/[.)]$/)
    expect(description.reads.length).toBeGreaterThan(0)
    for (const threshold of description.thresholds) expect(threshold.source).not.toBe('')
    if (metric.categories) expect(metric.categories.length).toBeGreaterThan(0)
  })

  test('says its minimum and its thresholds in its explanation', () => {
    const metric = metrics.find((m) => m.id === id) as AnyMetric
    const plain = metric.explanation.replaceAll('\u00a0', ' ')
    if (metric.sample_minimum) expect(plain).toContain(String(metric.sample_minimum.count))
    for (const threshold of metric.thresholds)
      expect(plain).toContain(threshold.unit === 'share' ? `${Math.round(threshold.value * 100)} %` : String(threshold.value))
    if (metric.is_per_person) expect(plain).toContain(`${minima.MAX_ANONYMOUS_SHARE * 100} %`)
  })
})

test('lists each file once, and nothing else', () => {
  expect(metrics.map((metric) => metric.id).toSorted()).toEqual(files.map((file) => file.id).toSorted())
})

test('families stand together', () => {
  const order = metrics.map((metric) => FAMILIES.indexOf(metric.family))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

/** Rows of any shape a reading may give, by the shape of its empty row. */
const ids = Array.from({ length: 40 }, (_, i) => `p${i}`)
const PARALLEL: Record<string, string[]> = {
  'helped-joiners': [
    ...['helped_exit_days', 'helped_gone_counts', 'helped_followed_counts'],
    ...['unhelped_exit_days', 'unhelped_gone_counts', 'unhelped_followed_counts'],
  ],
  topics: ['questions_by_topic', 'answered_by_topic', 'answers_by_topic', 'helpers_by_topic'],
  'retention-cohort': ['exit_days', 'gone_counts', 'followed_counts', 'entry_days', 'entry_counts'],
}
const count = fc.integer({ min: 0, max: 60 })
const spread = fc.array(count, { maxLength: 60 }).map(spreadOf)
/** Rows whose fields hang together. */
const WHOLE: Record<string, fc.Arbitrary<object>> = {
  observing: fc
    .record({ member_observer_count: count, others: count, readers: count, lurkers: count })
    .map(({ member_observer_count, others, readers, lurkers }) => ({
      observer_count: member_observer_count + others,
      member_observer_count,
      members_at_end: member_observer_count + readers,
      seen_at_end: member_observer_count + others + lurkers,
    })),
  'practice-stock': fc
    .record({ untouched_count: count, touched_count: count })
    .map(({ untouched_count, touched_count }) => ({ practice_count: untouched_count + touched_count, untouched_count })),
  'help-structure': fc.integer({ min: 2, max: 40 }).chain((node_count) =>
    fc
      .uniqueArray(
        fc.tuple(fc.nat(node_count - 1), fc.nat(node_count - 1)).filter(([a, b]) => a < b),
        { selector: ([a, b]) => a * node_count + b },
      )
      .map((ties) => ({ node_count, tie_from: ties.map(([a]) => a), tie_to: ties.map(([, b]) => b) })),
  ),
  'voice-counts': fc
    .record({ contributions: spread, starts: spread, answers: spread, anonymous: count })
    .map(({ anonymous, ...voices }) => ({
      ...voices,
      contribution_count: sumsOf(voices.contributions).total + anonymous,
      start_count: sumsOf(voices.starts).total + anonymous,
      answer_count: sumsOf(voices.answers).total + anonymous,
    })),
  silences: fc.uniqueArray(fc.integer({ min: 31, max: 500 }), { maxLength: 60 }).map((days) => ({
    silent_days: days.toSorted((a, b) => a - b),
    returned_counts: days.map((day) => day % 3),
    open_counts: days.map((day) => 1 + (day % 2)),
  })),
  'top-host': fc
    .record({ top_host_count: count, elsewhere: count })
    .map(({ top_host_count, elsewhere }) => ({ top_host_count, contribution_count: top_host_count + elsewhere })),
  'help-exchange': fc
    .record({
      edges: fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.integer({ min: 1, max: 9 })), { maxLength: 90 }),
      people_who_asked: fc.array(fc.constantFrom(...ids), { maxLength: 60 }),
    })
    .map(({ edges, people_who_asked }) =>
      exchangeOf({
        helper_ids: edges.map((e) => e[0]),
        asker_ids: edges.map((e) => e[1]),
        weights: edges.map((e) => e[2]),
        people_who_asked,
      }),
    ),
}
const rowOf = (metric: AnyMetric): fc.Arbitrary<object> => {
  const whole = WHOLE[metric.reading.id]
  if (whole) return whole
  const empty = metric.reading.empty as Record<string, number | unknown[]>
  return fc.integer({ min: 0, max: 60 }).chain((length) =>
    fc.record(
      Object.fromEntries(
        Object.keys(empty).map((key) => {
          if (typeof empty[key] === 'number') return [key, count]
          const element = /ids|people/.test(key) ? fc.constantFrom(...ids) : count
          const size = PARALLEL[metric.reading.id]?.includes(key) ? { minLength: length, maxLength: length } : { maxLength: 60 }
          return [key, fc.array<string | number>(element, size)]
        }),
      ),
    ),
  )
}
/** Parts never exceed their wholes in a real row. */
const consistent = (row: Record<string, never>) => {
  const r = row as Record<string, number> & Record<string, number[]>
  const copy: Record<string, unknown> = { ...row }
  for (const side of ['helped', 'unhelped'])
    if (`${side}_exit_days` in r) copy[`${side}_exit_days`] = (r[`${side}_exit_days`] as number[]).map((_, i) => 4 * i)
  if ('exit_days' in r) {
    // rising, and nobody came late: a test beside the reading holds what the database gives
    copy.exit_days = (r.exit_days as number[]).map((_, i) => 12 * i)
    Object.assign(copy, { entry_days: [], entry_counts: [], is_first_seen: 0, is_lapse_known: 0 })
  }
  for (const [part, whole] of [
    ['ripe_joined_active_count', 'ripe_joined_count'],
    ['ripe_first_again_count', 'ripe_first_count'],
    ['benefited_members', 'members_at_end'],
    ['benefited_present', 'present_at_end'],
    ['ripe_answered_by_peers_count', 'ripe_count'],
    ['ripe_acknowledged_count', 'ripe_count'],
    ['ripe_replied_count', 'ripe_count'],
    ...TOP_COUNTS.flatMap((k) => [
      [`ripe_answered_count_${k}`, `ripe_count_${k}`],
      [`ripe_accepted_count_${k}`, `ripe_count_${k}`],
      [`two_way_count_${k}`, `participant_count_${k}`],
    ]),
  ])
    if (part && whole && part in r) copy[part] = Math.min(r[part] as number, r[whole] as number)
  if ('ripe_count' in r) {
    copy.ripe_answered_count = Math.min(r.ripe_answered_count as number, r.ripe_count as number)
    copy.ripe_accepted_count = Math.min(r.ripe_accepted_count as number, r.ripe_count as number)
  }
  return copy
}

const tells = contextOf([
  { source: 's', tells: ['joins', 'leaves'], cannot_tell: [], first_event_at: null, last_event_at: null, event_count: 0 },
])

describe.each(metrics.map((metric) => [metric.id, metric] as const))('%s, of any row', (_, metric) => {
  test('answers a whole point: a finite value, or none and a reason', () => {
    fc.assert(
      fc.property(rowOf(metric), (row) => {
        const found = metric.measure(consistent(row as Record<string, never>), tells)
        const points = metric.categories ? metric.categories.map((c) => (found as Record<string, Measured>)[c]) : [found as Measured]
        for (const point of points) {
          const { status, value, reason, low, high, numerator, denominator } = measuredSchema.parse(point)
          const hasValue = status === 'ok' || status === 'bulk_step'
          expect(value !== null).toBe(hasValue)
          if (!hasValue) expect(reason).toMatch(/\S.*\.$/)
          for (const number of [value, low, high, numerator, denominator]) if (number !== null) expect(Number.isFinite(number)).toBe(true)
          if (low !== null && value !== null) expect(low).toBeLessThanOrEqual(value)
          if (high !== null && value !== null) expect(high).toBeGreaterThanOrEqual(value)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('has a point for a period in which nothing happened', () => {
    const found = metric.measure(metric.reading.empty, tells)
    const isCount = ['people', 'questions', 'contributions', 'practices'].includes(metric.unit) && metric.family !== 'concentration'
    for (const point of metric.categories ? Object.values(found) : [found as Measured]) {
      const { status, value } = measuredSchema.parse(point)
      // a count of nothing is 0; a share, a median or a number of voices of nothing is not
      expect([status, value]).toEqual(isCount ? ['ok', 0] : ['not_applicable', null])
    }
  })
})
