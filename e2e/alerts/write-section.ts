const [BEGIN, END] = ['<!-- alerts: written by npm run validate:alerts -- --write; do not edit -->', '<!-- alerts: end -->']

/** The part of a document that the alerts' validation wrote, with its marks; null where there is none. */
export const sectionOf = (document: string): string | null => {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)]
  return from === -1 || to < from ? null : document.slice(from, to + END.length)
}

/** The document with that part put in its place, or at its end. */
export const withSection = (document: string, text: string): string => {
  const section = `${BEGIN}\n\n${text.trim()}\n\n${END}`
  const old = sectionOf(document)
  return old === null ? `${document.trimEnd()}\n\n${section}\n` : document.replace(old, () => section)
}

/** A document written anew, with that part of the old one kept. */
export const keepSection = (old: string, document: string): string => {
  const section = sectionOf(old)
  return section === null ? document : `${document.trimEnd()}\n\n${section}\n`
}
