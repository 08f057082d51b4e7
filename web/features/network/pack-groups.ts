/** People who are tied to each other over others, by place: the largest group first, equals by who comes first. */
export const findGroups = (people: number, from: readonly number[], to: readonly number[]): number[][] => {
  const parent = Int32Array.from({ length: people }, (_, i) => i)
  const rootOf = (start: number): number => {
    let at = start
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number
      at = parent[at] as number
    }
    return at
  }
  for (const [i, a] of from.entries()) {
    const [one, other] = [rootOf(a), rootOf(to[i] as number)]
    // the smaller place is the root: groups come in the order of their first
    parent[Math.max(one, other)] = Math.min(one, other)
  }
  const groups = new Map<number, number[]>()
  for (let i = 0; i < people; i++) {
    const root = rootOf(i)
    const group = groups.get(root)
    if (group) group.push(i)
    else groups.set(root, [i])
  }
  return [...groups.values()].sort((a, b) => b.length - a.length || (a[0] as number) - (b[0] as number))
}

/** Space between groups, as a part of the largest one's width. */
const GAP = 0.06

/**
 * Forces push groups without a tie to each other ever further apart, and what is looked at shrinks to a corner: here the largest
 * stays where it is and the others stand in rows below it, largest first. `positions` are x and y in turn, y upwards; a copy is returned.
 */
export const packGroups = (positions: Float32Array, groups: readonly (readonly number[])[]): Float32Array => {
  const packed = positions.slice()
  const [first, ...others] = groups.map((group) => ({ group, ...boxOf(positions, group) }))
  if (first === undefined) return packed
  const gap = GAP * Math.max(first.width, first.height, 1)
  // about as wide as high, however many they are
  const area = others.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0)
  const rowWidth = Math.max(first.width, Math.sqrt(area) * 1.2)
  const left = first.left + first.width / 2 - rowWidth / 2
  let [x, top, rowHeight] = [left, first.bottom - gap, 0]
  for (const { group, width, height, left: oldLeft, bottom } of others) {
    if (x > left && x + width > left + rowWidth) {
      top -= rowHeight + gap
      x = left
      rowHeight = 0
    }
    for (const at of group) {
      packed[at * 2] = (positions[at * 2] as number) - oldLeft + x
      packed[at * 2 + 1] = (positions[at * 2 + 1] as number) - (bottom + height) + top
    }
    x += width + gap
    rowHeight = Math.max(rowHeight, height)
  }
  return packed
}

const boxOf = (positions: Float32Array, group: readonly number[]) => {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const at of group) {
    left = Math.min(left, positions[at * 2] as number)
    right = Math.max(right, positions[at * 2] as number)
    bottom = Math.min(bottom, positions[at * 2 + 1] as number)
    top = Math.max(top, positions[at * 2 + 1] as number)
  }
  return { left, bottom, width: right - left, height: top - bottom }
}
