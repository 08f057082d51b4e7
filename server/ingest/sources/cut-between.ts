/**
 * The text without what lies between `open` and the next `close`, both of them cut out too. What is opened and never closed stays.
 * Looks at each letter once, however often something is opened: a pattern would begin anew each time, and files can be made so.
 */
export const cutBetween = (text: string, open: string, close: string): string => {
  let kept = ''
  let from = 0
  for (;;) {
    const at = text.indexOf(open, from)
    const end = at < 0 ? -1 : text.indexOf(close, at + open.length)
    if (end < 0) return kept + text.slice(from)
    kept += `${text.slice(from, at)} `
    from = end + close.length
  }
}
