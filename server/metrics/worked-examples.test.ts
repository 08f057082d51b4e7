import { expect, test } from 'vitest'
import { metrics } from './catalogue.ts'
import { workedExamples } from './worked-examples.ts'

const NUMBER = /(?<![\d.])\d+(?:\.\d+)?/g

test.each(workedExamples.map((example) => [example.metric, example] as const))(
  '%s by hand comes to what the metric finds',
  (_, { measured, worked }) => {
    expect(measured.status).toBe('ok')
    const said = worked.steps.join(' ').match(NUMBER)?.map(Number) ?? []
    expect(
      said.some((number) => Math.abs(number - (measured.value as number)) < 0.006),
      `${measured.value} in: ${worked.steps.join(' ')}`,
    ).toBe(true)
    for (const row of worked.rows) expect(row).toHaveLength(worked.columns.length)
  },
)

test('every family has one, and each is of a metric there is', () => {
  const families = new Set(metrics.map((metric) => metric.family))
  const found = workedExamples.map((example) => metrics.find((metric) => metric.id === example.metric)?.family)
  expect(found).not.toContain(undefined)
  expect([...families].filter((family) => !found.includes(family))).toEqual([])
})
