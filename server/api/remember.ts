/** What is dear to work out and asked for again and again: the latest of it, by key. */
export type Remember<Value> = (key: string, make: () => Promise<{ value: Value; isKept: boolean }>) => Promise<Value>

/**
 * Keeps at most `most` values, those used last. The key must name all that the value depends on. Whoever asks while one is being
 * made waits for the same; one that could not be made, or says that it is not to be kept, is made anew the next time.
 */
export const createMemory = <Value>(most: number): Remember<Value> => {
  const kept = new Map<string, Promise<Value>>()
  return async (key, make) => {
    const known = kept.get(key)
    if (known !== undefined) {
      kept.delete(key)
      kept.set(key, known)
      return known
    }
    const forget = () => {
      if (kept.get(key) === making) kept.delete(key)
    }
    const making: Promise<Value> = make().then(
      ({ value, isKept }) => {
        if (!isKept) forget()
        return value
      },
      (error) => {
        forget()
        throw error
      },
    )
    kept.set(key, making)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return making
  }
}
