/** One file to be read, standing alone or inside an archive or a folder. */
export type SourceFile = {
  /** Its place in the archive or folder, with forward slashes; its name where it stands alone. Never absolute, never with "..". */
  path: string
  /** Unpacked bytes as far as is said; a ZIP's header may lie, so nothing may trust it. */
  size: number | null
  /** Reads it from its start, unpacked; may be asked again. Throws a SourceError when it cannot be read to its end. */
  open: () => AsyncIterable<Uint8Array>
}

/** All that a person named or dropped: a file, the files of an archive or folder, or several files side by side. */
export type SourceFiles = {
  /** What people call it: the file's name without its folder. */
  name: string
  files: readonly SourceFile[]
}

/** Enough of a file to recognise it by. */
const FIRST_BYTES = 4096

/** The first unpacked bytes of a file, as text; at most 4 KiB. */
export const firstTextOf = async (file: SourceFile): Promise<string> => {
  const head: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of file.open()) {
      head.push(chunk)
      length += chunk.length
      if (length >= FIRST_BYTES) break
    }
  } catch (error) {
    // a small file that was cut off has a beginning too; reading it says what is wrong
    if (length === 0) throw error
  }
  const bytes = Buffer.concat(head).subarray(0, FIRST_BYTES)
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** The last part of a path. */
export const fileNameOf = ({ path }: SourceFile): string => path.slice(path.lastIndexOf('/') + 1)
