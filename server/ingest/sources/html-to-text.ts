import { MAX_TEXT_LENGTH } from '../../../shared/contract/event.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ', hellip: '…' }

/** What a post says, without its markup; blocks of code are left out, for they are not talk. Only good for counting words. */
export const htmlToText = (html: string): string =>
  html
    .replace(/<pre[\s>][\s\S]*?<\/pre>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT_LENGTH)
    .toWellFormed()
