/** What of an action is searched. */
type Action = { id: string; label?: string; description?: string; keywords?: string | string[] }
type Group<A extends Action> = { group: string; actions: A[] }

/** 3: begins so, 2: a word of it begins so, 1: somewhere in it, in the description or the keywords; 0: not at all. */
const scoreOf = (words: string[], { label = '', description = '', keywords = '' }: Action): number => {
  const name = label.toLowerCase()
  const more = `${description} ${keywords}`.toLowerCase()
  let least = 3
  for (const word of words) {
    const score = name.startsWith(word) ? 3 : ` ${name}`.includes(` ${word}`) ? 2 : name.includes(word) || more.includes(word) ? 1 : 0
    least = Math.min(least, score)
  }
  return least
}

/** The actions that hold all words asked for, those whose names begin with them first, at most `most`; without words the first few of each group. */
export const rankActions = <A extends Action>(query: string, groups: readonly Group<A>[], most: number): Group<A>[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return groups.map(({ group, actions }) => ({ group, actions: actions.slice(0, group === 'Pages' ? most : 3) }))
  const ranked = groups
    .map(({ group, actions }) => {
      const scored = actions.map((action) => ({ action, score: scoreOf(words, action) })).filter(({ score }) => score > 0)
      scored.sort((a, b) => b.score - a.score)
      return { group, best: scored[0]?.score ?? 0, actions: scored.map(({ action }) => action) }
    })
    .filter(({ actions }) => actions.length > 0)
    .sort((a, b) => b.best - a.best)
  let room = most
  return ranked.flatMap(({ group, actions }) => {
    const shown = actions.slice(0, room)
    room -= shown.length
    return shown.length === 0 ? [] : [{ group, actions: shown }]
  })
}
