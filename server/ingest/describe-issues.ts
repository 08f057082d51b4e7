/** What the schema finds wrong with an event, said to the person who sends it: one problem a field. */
import type { z } from 'zod'
import { actorSchema, EVENT_TYPES, eventSchema } from '../../shared/contract/event.ts'
import type { FieldProblem } from './event-row.ts'
import { jsonPointer } from './json-pointer.ts'

type Issue = z.core.$ZodIssue

const FIELDS = Object.keys(eventSchema.shape)
const ACTOR_FIELDS = Object.keys(actorSchema.shape)

const nameOfType = (value: unknown): string => {
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`
}
/** Enough of a value to recognise it by. */
const quote = (value: unknown): string => {
  // writing out what is nested without end would overflow the stack
  if (typeof value === 'object') return `(${nameOfType(value)})`
  const text = String(value)
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text)
}
const expectedType: Record<string, string> = {
  string: 'a string',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'an array',
}

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined),
    input,
  )

/** The field a misspelt name most likely means, where one is near. */
const nearestField = (name: string, fields: string[]): string | undefined => {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')
  const wanted = plain(name)
  return (
    fields.find((f) => plain(f) === wanted) ??
    fields.find((f) => wanted.length > 3 && (plain(f).startsWith(wanted) || wanted.startsWith(plain(f)) || plain(f).endsWith(wanted)))
  )
}

const describeUnknown = (path: readonly PropertyKey[], name: string): FieldProblem => {
  const near = nearestField(name, path.length > 0 ? ACTOR_FIELDS : FIELDS)
  const advice = near ? `did you mean ${near}? Anything else goes into properties` : 'put what belongs to your own system into properties'
  return {
    pointer: jsonPointer([...path, name]),
    code: 'unknown_field',
    message: `${quote(name)} is not a field of ${path.length > 0 ? 'an actor' : 'an event'}; ${advice}.`,
  }
}

const describe = (issue: Issue, input: unknown, prefix: readonly PropertyKey[]): FieldProblem[] => {
  const path = [...prefix, ...issue.path]
  const value = valueAt(input, path)
  const field = path.join('.')
  const at = (code: FieldProblem['code'], message: string): FieldProblem[] => [{ pointer: jsonPointer(path), code, message }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => describeUnknown(path, key))
    case 'invalid_union':
      // target_actor: a string is meant as an id, anything else as an actor
      return (issue.errors[typeof value === 'string' ? 0 : 1] ?? []).flatMap((inner) => describe(inner, input, path))
    case 'invalid_type':
      if (path.length === 0)
        return at('invalid_type', `An event is a JSON object, but this is ${value === null ? 'null' : nameOfType(value)}.`)
      if (value === undefined || value === null)
        return at('missing_field', `${field} is missing; every ${path.length > 1 ? String(path[0]) : 'event'} needs it.`)
      return at('invalid_type', `${field} must be ${expectedType[issue.expected] ?? issue.expected}, but is ${nameOfType(value)}.`)
    case 'invalid_value':
      if (value === undefined || value === null) return at('missing_field', `${field} is missing; use one of ${EVENT_TYPES.join(', ')}.`)
      return at('invalid_value', `${field} ${quote(value)} is not known; use one of ${EVENT_TYPES.join(', ')}.`)
    case 'too_big':
      return at(
        'too_long',
        `${field} has ${typeof value === 'string' ? value.length : 'too many'} characters; at most ${issue.maximum} are taken, so shorten it.`,
      )
    case 'too_small':
      return at(
        'invalid_value',
        `${field} is empty; give it a value${field === 'id' ? ' that stays the same when the event is sent again' : ', or leave it out where it is not needed'}.`,
      )
    default:
      return at('invalid_value', `${field} ${quote(value)} ${issue.message}.`)
  }
}

/** One problem for each field the schema refuses; `input` is the event as sent. */
export const describeIssues = (issues: readonly Issue[], input: unknown): FieldProblem[] =>
  issues.flatMap((issue) => describe(issue, input, []))
