import { MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'
import { cutBetween } from '../cut-between.ts'

/** What a comment says itself: without code, quotes of others, the hints of a template (HTML comments), pictures and addresses. */
export const markdownToText = (markdown: string): string =>
  // no pattern runs over the opening of another, so that a comment made of nothing but openings takes no minutes
  cutBetween(markdown.slice(0, 4 * MAX_TEXT_LENGTH).replace(/\r\n?/g, '\n'), '<!--', '-->')
    .replace(/^ {0,3}(```+|~~~+)[^\n]*\n[\s\S]*?(^ {0,3}\1[`~]*[ \t]*$|$(?![\s\S]))/gm, ' ')
    .replace(/^ {0,3}>.*$/gm, ' ')
    .replace(/!\[[^[\]\n]*\]\([^()\n]*\)/g, ' ')
    .replace(/\[([^[\]\n]*)\]\([^()\n]*\)/g, '$1')
    .replace(/https?:\/\/[^\s)>\]]+/g, ' ')
    .replace(/<\/?[a-z][^<>\n]*>/gi, ' ')
    .replace(/^[ \t]*(#{1,6}|[-*+]|\d+\.)[ \t]+/gm, ' ')
    .replace(/[`*]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT_LENGTH)
    .toWellFormed()
