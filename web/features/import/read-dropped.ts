/** A file with its place in what was chosen or dropped. */
export type ChosenFile = { name: string; file: File }

/** Files that systems leave in folders and nobody means. */
const isStray = (name: string): boolean => /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i.test(name)

/** Files of an input, folders flattened with their paths. */
export const readChosen = (files: FileList | readonly File[]): ChosenFile[] =>
  [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file })).filter(({ name }) => !isStray(name))

/** What was dropped: files, and folders with all that lies in them. To be called while the event is told, since it forgets. */
export const readDropped = async (transfer: DataTransfer): Promise<ChosenFile[]> => {
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry === null ? [] : [entry]
  })
  const plain = readChosen(transfer.files)
  if (entries.every((entry) => entry.isFile)) return plain
  const found: ChosenFile[] = []
  for (const entry of entries) await readEntry(entry, found)
  return found.filter(({ name }) => !isStray(name))
}

const readEntry = async (entry: FileSystemEntry, found: ChosenFile[]): Promise<void> => {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    found.push({ name: entry.fullPath.replace(/^\//, ''), file })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  // a reader gives at most a hundred at a time, and none at the end
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const one of some) await readEntry(one, found)
  }
}
