/** Marks of an answer before a subject, as mail programs write them in their languages; collected from their documentation, our judgement beyond. */
const REPLY = 're|aw|antw|antwort|sv|svar|vs|rv|rép|rep|res|resp|rif|r|odp|ynt|atb|bls|vá|отв|ответ|σχετ|απ|回复|回覆|答复|返信|답장|回'
const FORWARD = 'fw|fwd|wg|tr|vb|vl|doorst|enc|i|tov|ilt|пер|προθ|转发|轉寄|転送|전달'
const COUNT = '(?:\\s?[\\[(^*]\\s?\\d{1,3}\\s?[\\])]?)?'
const PREFIX = new RegExp(`^\\s*(?:\\[[^\\]]{1,60}\\]|((?:${REPLY})${COUNT})\\s*[:：]|((?:${FORWARD})${COUNT})\\s*[:：])\\s*`, 'iu')
const WAS = /\s*[([]\s*(?:was|war|était|era|fue)\b.*$/iu

/** Longer ones are made to be slow. */
const MAX_SUBJECT_LENGTH = 1000

/** A subject without what programs put before it, and whether one says that it answers. A forwarded mail opens a thread of its own. */
export const normaliseSubject = (subject: string): { key: string; isReply: boolean } => {
  let rest = subject.slice(0, MAX_SUBJECT_LENGTH)
  let isReply = false
  let isForward = false
  for (let found = PREFIX.exec(rest); found; found = PREFIX.exec(rest)) {
    if (found[1] !== undefined) isReply = true
    else if (found[2] !== undefined && !isReply) isForward = true
    rest = rest.slice(found[0].length)
    if (rest === '') break
  }
  const key = rest.replace(WAS, '').replace(/\s+/g, ' ').trim().toLowerCase().slice(0, 200)
  return { key, isReply: isReply && !isForward }
}
