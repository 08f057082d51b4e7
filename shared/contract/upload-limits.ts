/** Apart from the schemas, which the page has no need of. Files of one import, and bytes of one request; the page sends a file in pieces of this size. Our judgement. */
export const MAX_IMPORT_FILES = 1000
export const UPLOAD_PIECE_BYTES = 8 * 1024 * 1024
