/** The frame of a short mail: a paragraph or two and one link, as plain text and as HTML that every mail program shows. */

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in HTML, in an element or in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!)

export type MailParts = { subject: string; paragraphs: string[]; link: { text: string; address: string }; closing: string }

/** `subject` loses its line breaks; names in it may be anything. */
export const composeMail = ({ subject, paragraphs, link, closing }: MailParts): { subject: string; text: string; html: string } => {
  const oneLine = subject.replace(/\s+/gu, ' ').trim()
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`
  return {
    subject: oneLine,
    text: `${[...paragraphs, `${link.text}:\n${link.address}`, closing].join('\n\n')}\n`,
    html: [
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
      `<title>${escapeHtml(oneLine)}</title></head>`,
      '<body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif;color:#1c1c1a;background:#ffffff"><div style="max-width:560px;margin:0 auto">',
      ...paragraphs.map(paragraph),
      `<p style="margin:0 0 16px"><a href="${escapeHtml(link.address)}" style="color:#0b5a7a;font-weight:bold">${escapeHtml(link.text)}</a></p>`,
      `<p style="margin:0;font-size:14px;color:#55554f">${escapeHtml(closing)}</p>`,
      '</div></body></html>',
    ].join('\n'),
  }
}
