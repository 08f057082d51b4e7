import type { ValueReport } from '../../../shared/contract/value-report.ts'
import { sayRevision } from '../../../shared/say-report.ts'

/** A text as CSS writes it: whatever could end it there, or the style sheet, is written by its number. */
const cssText = (text: string): string =>
  `"${text.replaceAll(/[^\p{L}\p{N}\p{P}\p{Zs}]|["\\<]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`

/** What stands around the text of each printed page: whose report it is, and which page of how many. */
export const PaperMargins = ({ report }: { report: ValueReport }) => {
  const { community, title } = report.content
  const running = `${community.name}: value report, ${title}${sayRevision(report)}`
  const preview = report.status === 'preview' ? 'Preview: numbers may still change' : ''
  const font = 'font: 9pt "Source Serif 4", Georgia, serif; color: #555;'
  return (
    <style>{`@page {
  margin: 20mm;
  @top-left { content: ${cssText(running)}; ${font} }
  @top-right { content: ${cssText(preview)}; ${font} font-weight: 600; color: #000; white-space: nowrap; }
  @bottom-left { content: "Barnraise"; ${font} }
  @bottom-right { content: counter(page) " of " counter(pages); ${font} }
}
@page :first { @top-left { content: none } }`}</style>
  )
}
