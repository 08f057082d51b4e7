/**
 * The best one-to-one assignment of rows to columns of a table of overlaps: the largest sum (Hungarian method, by shortest
 * augmenting paths; Kuhn 1955). Rows may be more than columns.
 */
export const bestAssignment = (overlaps: readonly (readonly number[])[]): number => {
  const size = Math.max(overlaps.length, overlaps[0]?.length ?? 0)
  const cost = (i: number, j: number) => -(overlaps[i - 1]?.[j - 1] ?? 0)
  const u = new Array<number>(size + 1).fill(0)
  const v = new Array<number>(size + 1).fill(0)
  const rowOf = new Array<number>(size + 1).fill(0)
  for (let row = 1; row <= size; row++) {
    const least = new Array<number>(size + 1).fill(Number.POSITIVE_INFINITY)
    const way = new Array<number>(size + 1).fill(0)
    const isDone = new Array<boolean>(size + 1).fill(false)
    rowOf[0] = row
    let column = 0
    do {
      isDone[column] = true
      const i = rowOf[column] as number
      let next = 0
      let step = Number.POSITIVE_INFINITY
      for (let j = 1; j <= size; j++) {
        if (isDone[j]) continue
        const reduced = cost(i, j) - (u[i] as number) - (v[j] as number)
        if (reduced < (least[j] as number)) {
          least[j] = reduced
          way[j] = column
        }
        if ((least[j] as number) < step) {
          step = least[j] as number
          next = j
        }
      }
      for (let j = 0; j <= size; j++)
        if (isDone[j]) {
          u[rowOf[j] as number] = (u[rowOf[j] as number] as number) + step
          v[j] = (v[j] as number) - step
        } else least[j] = (least[j] as number) - step
      column = next
    } while (rowOf[column] !== 0)
    for (; column !== 0; column = way[column] as number) rowOf[column] = rowOf[way[column] as number] as number
  }
  let sum = 0
  for (let j = 1; j <= size; j++) sum -= cost(rowOf[j] as number, j)
  return sum
}
