import { fileNameOf, firstTextOf, type SourceFile } from '../source-files.ts'

/** Files of an export that are read, by what they hold. Each may come in several parts: an export covers a span of time. */
export type ExportFiles = {
  users: SourceFile[]
  messages: SourceFile[]
  bestReplies: SourceFile[]
  others: { file: SourceFile; what: string }[]
}

/** "Messages.csv", "Messages-2023.csv", "messages (2).csv", each in any folder. */
const KINDS: readonly { name: RegExp; kind: 'users' | 'messages' | 'bestReplies' }[] = [
  { name: /^users[^a-z]*\.csv$/i, kind: 'users' },
  { name: /^messages[^a-z]*\.csv$/i, kind: 'messages' },
  { name: /^bestreplymessages[^a-z]*\.csv$/i, kind: 'bestReplies' },
]
const OTHERS: Readonly<Record<string, string>> = {
  messageversions: 'file of earlier versions of messages',
  groups: 'file of communities',
  admins: 'file of administrators',
  networks: 'file of networks',
  files: 'file of attachments',
  pages: 'file of pages',
  topics: 'file of topics',
  likedmessages: 'file of likes',
}

/** Tells the files of an export apart by their names, in the order of their paths, so that the part of a later year comes later. */
export const sortExportFiles = (files: readonly SourceFile[]): ExportFiles => {
  const found: ExportFiles = { users: [], messages: [], bestReplies: [], others: [] }
  const inOrder = [...files].sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1))
  for (const file of inOrder) {
    const name = fileNameOf(file)
    const kind = KINDS.find((one) => one.name.test(name))?.kind
    if (kind) found[kind].push(file)
    else found.others.push({ file, what: OTHERS[/^[a-z]+/i.exec(name)?.[0].toLowerCase() ?? ''] ?? 'other file of the export' })
  }
  return found
}

/** Whether there is a Messages.csv with the columns that no other program's has, or a Users.csv beside it. */
export const isExport = async (files: readonly SourceFile[]): Promise<boolean> => {
  const { messages, users } = sortExportFiles(files)
  for (const file of messages.slice(0, 1)) {
    const header =
      (await firstTextOf(file))
        .replace(/^\ufeff/, '')
        .split(/\r?\n/, 1)[0]
        ?.toLowerCase() ?? ''
    if (header.includes('thread_id') && header.includes('sender_id')) return true
  }
  for (const file of messages.length === 0 ? users.slice(0, 1) : []) {
    const header = (await firstTextOf(file)).toLowerCase().split(/\r?\n/, 1)[0] ?? ''
    // a community's own list of members may be called so too
    if (header.includes('joined_at') && header.includes('suspended_at') && /guid|api_url|state/.test(header)) return true
  }
  return false
}
