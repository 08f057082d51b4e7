import { SourceError } from '../source.ts'
import { fileNameOf, firstTextOf, type SourceFile } from '../source-files.ts'

/** Files of a dump by the element that holds their rows, in the order in which they are read. */
export const READ_ROOTS = ['users', 'posts', 'comments'] as const
export type ReadRoot = (typeof READ_ROOTS)[number]

/** What the others hold, for the count of what was left out. */
const OTHER_ROOTS: Readonly<Record<string, string>> = {
  votes: 'file of votes',
  posthistory: 'file of edits',
  postlinks: 'file of links between posts',
  badges: 'file of badges',
  tags: 'file of tags',
}

export type DumpFiles = Partial<Record<ReadRoot, SourceFile>> & { others: { file: SourceFile; what: string }[] }

/** The element that holds a file's rows: as its beginning says, or else its name; null where neither is of a dump. */
export const rootOf = async (file: SourceFile): Promise<string | null> => {
  // an archive of another kind may hold ten thousand files, which are not opened to see
  if (/\.[a-z]{1,5}$/i.test(file.path) && !/\.xml$/i.test(file.path)) return null
  const begins = /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<([a-z]+)[\s>]/i.exec(await firstTextOf(file))
  const root = begins?.[1]?.toLowerCase() ?? /^([a-z]+)\.xml$/i.exec(fileNameOf(file))?.[1]?.toLowerCase() ?? ''
  return (READ_ROOTS as readonly string[]).includes(root) || root in OTHER_ROOTS ? root : null
}

/** Tells the files of one site's dump apart. Throws a SourceError when there are two of a kind: ids of two sites would mix. */
export const sortDumpFiles = async (files: readonly SourceFile[]): Promise<DumpFiles> => {
  const found: DumpFiles = { others: [] }
  for (const file of files) {
    const root = await rootOf(file)
    const known = READ_ROOTS.find((name) => name === root)
    if (known === undefined) found.others.push({ file, what: OTHER_ROOTS[root ?? ''] ?? 'file that is not of a dump' })
    else if (found[known] !== undefined)
      throw new SourceError(
        `There are two files of ${known} (${found[known].path} and ${file.path}): import the dump of each site on its own, under a name of its own.`,
      )
    else found[known] = file
  }
  return found
}
