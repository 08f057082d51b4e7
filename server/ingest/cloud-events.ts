/** CloudEvents 1.0 in the JSON batch format: how one becomes an event of ours, and how a problem finds its way back to the member that was sent. */
import type { FieldProblem } from './event-row.ts'

/** The attributes that carry a field of ours; `subject` names the conversation where `data` does not. */
const ATTRIBUTES: Record<string, string> = { id: 'id', source: 'source', type: 'type', occurred_at: 'time' }

export type MappedCloudEvent = { event: unknown; problems: FieldProblem[]; toPointer: (pointer: string) => string }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isJson = (mediaType: unknown): boolean =>
  mediaType === undefined || mediaType === null || (typeof mediaType === 'string' && /^[^;]*[/+]json\s*(;|$)/i.test(mediaType))

/** What of the envelope cannot be read. */
const checkEnvelope = (envelope: Record<string, unknown>): FieldProblem[] => {
  const problems: FieldProblem[] = []
  const add = (pointer: string, code: FieldProblem['code'], message: string) => problems.push({ pointer, code, message })
  if (envelope.specversion === undefined) add('/specversion', 'missing_field', 'specversion is missing; a CloudEvent says "1.0".')
  else if (envelope.specversion !== '1.0') add('/specversion', 'invalid_value', 'specversion must be "1.0"; other versions are not known.')
  if (envelope.data_base64 !== undefined) add('/data_base64', 'invalid_value', 'data_base64 is not read; send the fields as JSON in data.')
  else if (!isJson(envelope.datacontenttype))
    add('/datacontenttype', 'invalid_value', 'datacontenttype must be application/json; data holds the fields of the event.')
  else if (envelope.data !== undefined && envelope.data !== null && !isObject(envelope.data))
    add('/data', 'invalid_type', 'data must be an object with the fields of the event.')
  if (isObject(envelope.data))
    for (const [field, attribute] of Object.entries(ATTRIBUTES))
      if (field in envelope.data)
        add(`/data/${field}`, 'unknown_field', `${field} belongs to the CloudEvent itself, as ${attribute}; take it out of data.`)
  return problems
}

/** The event inside a CloudEvent, not checked yet. Attributes of its own (extensions, dataschema) are the transport's and are not kept. */
export const mapCloudEvent = (input: unknown): MappedCloudEvent => {
  const toPointer = (pointer: string): string => pointer
  if (!isObject(input)) return { event: input, problems: [], toPointer }
  const problems = checkEnvelope(input)
  const data = isObject(input.data) ? { ...input.data } : {}
  for (const field of Object.keys(ATTRIBUTES)) delete data[field]
  const hasOwnThread = data.thread_id !== undefined && data.thread_id !== null
  const event: Record<string, unknown> = { ...data }
  for (const [field, attribute] of Object.entries(ATTRIBUTES)) if (attribute in input) event[field] = input[attribute]
  if (!hasOwnThread && input.subject !== undefined) event.thread_id = input.subject
  return {
    event,
    problems,
    toPointer: (pointer) => {
      const [, field = '', ...rest] = pointer.split('/')
      if (field in ATTRIBUTES) return ['', ATTRIBUTES[field], ...rest].join('/')
      if (field === 'thread_id' && !hasOwnThread) return ['', 'subject', ...rest].join('/')
      return field === '' ? pointer : `/data${pointer}`
    },
  }
}
