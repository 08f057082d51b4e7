/** What a file inside an archive is called, and which are none of a person's. */

/** What systems leave in archives and folders, and no person means. */
const JUNK = /(^|\/)(__MACOSX\/.*|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i

export const isJunk = (path: string): boolean => JUNK.test(path)

/**
 * The path with forward slashes; null for one that leads out of its folder or names none: "..", absolute, a drive letter, a
 * character no file name has. Names never touch the disk, but one like these is no export's.
 */
export const safePath = (name: string): string | null => {
  const path = name.replaceAll('\\', '/')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || /[\u0000-\u001f\u007f]/.test(path)) return null
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return parts.length === 0 || parts.includes('..') ? null : parts.join('/')
}

/**
 * How many characters to leave out at the start of each path: that of one folder that holds everything, as when a person packs the
 * folder of an export again. A last folder that holds nothing but files stays: its name may be the channel's.
 */
export const commonFolderLength = (paths: readonly string[]): number => {
  let length = 0
  for (;;) {
    const [first = ''] = paths
    const end = first.indexOf('/', length)
    if (end < 0) return length
    const folder = first.slice(0, end + 1)
    if (!paths.every((path) => path.startsWith(folder)) || !paths.some((path) => path.includes('/', end + 1))) return length
    length = end + 1
  }
}

/** Names in an archive made without saying so in UTF-8: most are, and the rest are of an old DOS. */
export const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
