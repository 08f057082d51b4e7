import type { SourceFile, SourceFiles } from './source-files.ts'

/** Files as a test gives them, cut into pieces of `size` bytes as a stream might be. */
export const givenFiles = (contents: Readonly<Record<string, string | Uint8Array>>, size = 1000): SourceFiles => ({
  name: Object.keys(contents)[0] ?? 'nothing',
  files: Object.entries(contents).map(([path, content]): SourceFile => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    return {
      path,
      size: bytes.length,
      open: async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      },
    }
  }),
})
