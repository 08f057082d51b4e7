/** The import that the page is about; none: files are to be chosen. */
export type ImportSearch = { id?: string }

export const readImportSearch = (search: Record<string, unknown>): ImportSearch =>
  typeof search.id === 'string' && /^[0-9a-f-]{36}$/i.test(search.id) ? { id: search.id } : {}
