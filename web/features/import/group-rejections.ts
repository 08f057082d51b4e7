import type { Rejection } from '../../../shared/contract/import.ts'
import { formatCount, joinWords } from '../../../shared/format.ts'

export type RejectionGroup = { file: string | null; pointer: string; message: string; positions: number[] }

/** Rows of one file that were rejected for the same reason, together, in the order of their first. */
export const groupRejections = (rejections: readonly Rejection[]): RejectionGroup[] => {
  const groups = new Map<string, RejectionGroup>()
  for (const { file, pointer, message, position } of rejections) {
    const key = JSON.stringify([file, pointer, message])
    const group = groups.get(key) ?? { file, pointer, message, positions: [] }
    group.positions.push(position)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const NAMED_ROWS = 3

/** "2", "2, 5 and 9", "2, 5, 9 and 17 more". */
export const sayPositions = (positions: readonly number[]): string => {
  const named = positions.slice(0, NAMED_ROWS).map(formatCount)
  return joinWords(positions.length > NAMED_ROWS ? [...named, `${formatCount(positions.length - NAMED_ROWS)} more`] : named)
}
