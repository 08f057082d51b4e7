/** What the schema cannot say: text that PostgreSQL cannot hold, numbers beyond what JSON numbers can carry, and bottomless nesting. */
import { MAX_PROPERTIES_DEPTH } from '../../shared/contract/event.ts'
import type { FieldProblem } from './event-row.ts'
import { jsonPointer } from './json-pointer.ts'

/** The event and its `properties` are two levels of their own. */
const MAX_DEPTH = MAX_PROPERTIES_DEPTH + 2

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

const whatIsWrong = (text: string): string =>
  text.includes('\0')
    ? 'contains the character NUL (\\u0000), which cannot be stored; remove it'
    : 'contains half a character (a lone surrogate), so it is no valid Unicode; send the whole character or remove it'

/** A place as a person reads it; keys may be of any length and hold anything. */
const nameOf = (path: readonly PropertyKey[]): string => {
  const name = path.join('.').replaceAll('\0', '').toWellFormed()
  return name.length > 100 ? `${name.slice(0, 100).toWellFormed()}…` : name || 'The event'
}

/** One problem for each value or key that cannot be stored, anywhere in the event. */
export const findUnstorable = (event: unknown): FieldProblem[] => {
  const problems: FieldProblem[] = []
  const path: PropertyKey[] = []
  const report = (code: FieldProblem['code'], message: string) =>
    problems.push({ pointer: jsonPointer(path), code, message: `${nameOf(path)} ${message}.` })
  const walk = (value: unknown, depth: number): void => {
    if (typeof value === 'string') {
      if (!isStorable(value)) report('not_unicode', whatIsWrong(value))
      return
    }
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) report('invalid_value', 'is a number too large to be kept; send it as a string')
      return
    }
    if (typeof value !== 'object' || value === null) return
    if (depth >= MAX_DEPTH) return void report('invalid_value', `is nested more than ${MAX_PROPERTIES_DEPTH} levels deep; flatten it`)
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        path.push(i)
        walk(value[i], depth + 1)
        path.pop()
      }
      return
    }
    for (const key in value) {
      path.push(key)
      if (isStorable(key)) walk((value as Record<string, unknown>)[key], depth + 1)
      else report('not_unicode', `has a name that ${whatIsWrong(key)}`)
      path.pop()
    }
  }
  walk(event, 0)
  return problems
}
