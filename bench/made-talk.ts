/** Endless made-up talk for archives: the same for the same number, so that a file can be made again. */
const WORDS =
  'pump seal valve pressure leak bearing shaft hose gauge motor check before after under every week again torque manual spare part order flow rate oil water heat cold noise loud broken fixed new old works fails maybe never always try with without the a of in on for we you they my your this that it is was and but so then'.split(
    ' ',
  )
const PEOPLE = 5000
const CHANNELS = ['general', 'help', 'pumps', 'offers', 'meetings', 'random', 'field-reports', 'motors']
/** Of a thread, first and answers. */
export const THREAD_MESSAGES = 5
const SECONDS_APART = 90
const BEGIN_AT = Date.UTC(2015, 0, 1)

export type MadeMessage = {
  no: number
  at: Date
  person: number
  channel: string
  /** The message that opened its thread; its own where it opens one. */
  thread: number
  text: string
}

/** Message number `no`, from 0; each thread has five messages side by side with others. */
export const makeMessage = (no: number): MadeMessage => {
  const thread = no - (no % THREAD_MESSAGES)
  let seed = Math.imul(no + 1, 2654435761) >>> 0 || 1
  const next = (below: number) => {
    // xorshift: quick, and the same everywhere
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return (seed >>> 0) % below
  }
  const words = Array.from({ length: 8 + next(40) }, () => WORDS[next(WORDS.length)])
  const opening = no === thread && next(3) > 0 ? 'How do I' : 'I think'
  return {
    no,
    at: new Date(BEGIN_AT + no * SECONDS_APART * 1000),
    person: next(PEOPLE),
    channel: CHANNELS[(thread / THREAD_MESSAGES) % CHANNELS.length] ?? 'general',
    thread,
    text: `${opening} ${words.join(' ')}${no === thread ? '?' : '.'}`,
  }
}

export const madePeople = Array.from({ length: PEOPLE }, (_, no) => ({ id: no, name: `Person ${no}`, email: `person${no}@example.org` }))
export const madeChannels = CHANNELS
