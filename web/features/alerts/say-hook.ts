/** How a hook stands, in words for whoever looks after it. */
import type { Hook } from '../../../shared/contract/alert-hook.ts'
import { countOf, formatInstant } from '../../../shared/format.ts'

/** Our own sentences end with a full stop; what a receiver says begins with its number. */
const quote = (answer: string | null): string =>
  answer === null || answer === '' ? '' : /^[1-5]\d\d /.test(answer) ? ` It said: “${answer}”.` : ` ${answer}`

/** `isBad`: somebody should look at it. */
export const sayHook = (hook: Hook, timeZone: string): { text: string; isBad: boolean } => {
  const at = (iso: string) => formatInstant(iso, timeZone)
  if (!hook.is_on)
    return hook.off_reason === null
      ? { text: 'Switched off: nothing goes there.', isBad: false }
      : { text: `Switched itself off on ${at(hook.updated_at)}. ${hook.off_reason}`, isBad: true }
  const { last } = hook
  if (last === null) return { text: 'Nothing has gone there yet. A test shows whether it arrives.', isBad: false }
  const what = last.is_test ? 'The test' : `“${last.subject}”`
  const others = hook.waiting_count > 1 ? ` ${countOf(hook.waiting_count - 1, 'other waits', 'others wait')} as well.` : ''
  switch (last.state) {
    case 'sent':
      return { text: `${what} arrived on ${at(last.settled_at ?? last.put_at)}.`, isBad: false }
    case 'sending':
      return { text: `${what} is on its way.${others}`, isBad: false }
    case 'waiting':
      return last.attempt_count === 0
        ? { text: `${what} is on its way.${others}`, isBad: false }
        : {
            text: `${what} did not arrive so far and is tried again${last.next_try_at === null ? '' : ` from ${at(last.next_try_at)}`}.${quote(last.answer)}${others}`,
            isBad: true,
          }
    case 'refused':
      return { text: `${what} was refused on ${at(last.settled_at ?? last.put_at)}.${quote(last.answer)}`, isBad: true }
    case 'uncertain':
      return {
        text: `${what} left on ${at(last.settled_at ?? last.put_at)}, and nobody knows whether it arrived.${quote(last.answer)} A message to a chat is not sent twice by itself.`,
        isBad: true,
      }
    case 'cancelled':
      return { text: `${what} was not sent.${quote(last.answer)}`, isBad: false }
  }
}
