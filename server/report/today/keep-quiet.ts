import { readResultsVersion } from '../results-version.ts'
import type { ReadQuiet } from './build-today.ts'
import { readQuietRegulars } from './quiet-regulars.ts'

/** Communities of which it is kept at most: more than anyone looks at in a morning. */
const MAX_KEPT = 300

/**
 * Reads who went quiet once for each state of a community's results: of all that stands in today's list it takes longest to find, and
 * no mark changes it.
 */
export const keepQuiet = (read: ReadQuiet = readQuietRegulars): ReadQuiet => {
  const kept = new Map<string, { version: string; found: ReturnType<ReadQuiet> }>()
  return async (pool, scope) => {
    const { communityId } = scope
    const results = await readResultsVersion(pool, communityId)
    if (results === null) return read(pool, scope)
    // the scope may have been read before results came
    const version = `${results} ${scope.knownBy.toISOString()}`
    const known = kept.get(communityId)
    if (known?.version === version) return known.found
    const found = read(pool, scope)
    kept.delete(communityId)
    kept.set(communityId, { version, found })
    found.catch(() => kept.delete(communityId))
    const [oldest] = kept.keys()
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
    return found
  }
}
