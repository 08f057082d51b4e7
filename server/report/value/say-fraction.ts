import { sayCount } from '../../../shared/format.ts'

/** The larger parts as people say them, each up to where the next is nearer. */
const PARTS: readonly (readonly [upTo: number, words: string])[] = [
  [0.29, 'about a quarter'],
  [0.367, 'about a third'],
  [0.45, 'about two in five'],
  [0.55, 'about half'],
  [0.633, 'about three in five'],
  [0.708, 'about two thirds'],
  [0.775, 'about three quarters'],
  [0.85, 'about four in five'],
  [0.95, 'about nine in ten'],
]

const FROM_TEN = ['ten', 'eleven', 'twelve', '13', '14', '15', '16', '17', '18', '19', 'twenty']
const sayUpToTwenty = (count: number): string => FROM_TEN[count - 10] ?? sayCount(count)

/** A share (0 to 1) of a group as a part that an ear can hold, the figure stands beside it: about one in seven members, none of the members. */
export const sayFraction = (share: number, many: string): string => {
  if (share === 0) return `none of the ${many}`
  if (share === 1) return `all ${many}`
  if (share < 0.05) return `fewer than one in twenty ${many}`
  if (share < 0.225) return `about one in ${sayUpToTwenty(Math.round(1 / share))} ${many}`
  const part = PARTS.find(([upTo]) => share < upTo)?.[1]
  return part === undefined ? `nearly all ${many}` : `${part} of the ${many}`
}
