import { SourceError } from './source.ts'

/** The address of a site, with or without https://, for links to the originals; null where none is given. Throws a SourceError. */
export const readSite = (site: string | null, example: string): string | null => {
  if (site === null || site === '') return null
  const url = URL.parse(site.includes('://') ? site : `https://${site}`)
  if (!url || !/^https?:$/.test(url.protocol)) throw new SourceError(`"${site}" is not the address of a site: write it like ${example}.`)
  return url.origin
}
