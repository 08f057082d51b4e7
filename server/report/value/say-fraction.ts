import { sayCount } from '../../../shared/format.ts'

/** The larger parts as people say them, each up to where the next is nearer. */
const PARTS: readonly (readonly [upTo: number, words: string])[] = [
  [0.367, 'about a third'],
  [0.45, 'about two in five'],
  [0.55, 'about half'],
  [0.633, 'about three in five'],
  [0.708, 'about two thirds'],
  [0.775, 'about three quarters'],
  [0.9, 'about four in five'],
]

/** A share as a part of a group, rounded as an ear can hold it; the figure stands beside it. From 0 to 1. */
export const sayFraction = (share: number): string => {
  if (share === 0) return 'none'
  if (share === 1) return 'all'
  if (share < 0.05) return 'fewer than one in twenty'
  if (share < 0.225) return `about one in ${sayCount(Math.round(1 / share))}`
  if (share < 0.29) return 'about a quarter'
  return PARTS.find(([upTo]) => share < upTo)?.[1] ?? 'nearly all'
}
