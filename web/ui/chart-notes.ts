/** Notes that stand at a period of a chart, such as what was tried: how they come to it, and where their labels find room. */
import { createContext } from 'react'
import type { ChartNote } from './chart-point.ts'

const NONE: readonly ChartNote[] = []

/** The notes of whatever periods a chart shows; whoever frames the page says. One function for as long as its notes are the same. */
export const ChartNotes = createContext<(periods: readonly string[]) => readonly ChartNote[]>(() => NONE)

/** Of a letter at 13 px, on average, and of the wide letters of East Asia. */
const LETTER_PX = 6.6
const WIDE_PX = 13
const widthOf = (letter: string): number => ((letter.codePointAt(0) ?? 0) >= 0x2e80 ? WIDE_PX : LETTER_PX)

/** As many letters as the room holds, cut at a word where one ends near by. */
export const cutToRoom = (text: string, room: number): string => {
  const letters = [...text]
  let used = 0
  let fits = 0
  for (const letter of letters) {
    used += widthOf(letter)
    if (used > room - LETTER_PX && fits < letters.length - 1) break
    fits++
  }
  if (fits >= letters.length) return text
  const cut = letters.slice(0, fits).join('')
  const word = cut.lastIndexOf(' ')
  return `${(word > cut.length / 2 ? cut.slice(0, word) : cut).trimEnd()}…`
}

/** One label for one note, or for several whose own would lie on each other. `x` is where the label begins. */
export type PlacedNotes = { x: number; text: string; notes: readonly ChartNote[]; lines: readonly number[] }

/** The least room of a label: "99 notes". */
const LEAST_PX = 56
const GAP_PX = 6
/** More lines than this under one label are a grey patch: its first and last stand for all (our judgement). */
const MOST_LINES = 6

/**
 * Labels beside their lines, in the order of time, never on each other: what has no room for a label of its own shares its neighbour's,
 * which then says how many they are. `notes` with where their period stands; all in pixels.
 */
export const placeNotes = (notes: readonly { note: ChartNote; x: number }[], left: number, right: number): PlacedNotes[] => {
  const groups: { at: number; notes: { note: ChartNote; x: number }[] }[] = []
  const begin = (x: number) => Math.max(left, Math.min(x + 4, right - LEAST_PX))
  for (const one of notes.toSorted((a, b) => a.x - b.x)) {
    const last = groups.at(-1)
    if (last !== undefined && begin(one.x) < last.at + LEAST_PX + GAP_PX) last.notes.push(one)
    else groups.push({ at: begin(one.x), notes: [one] })
  }
  return groups.map((group, i) => {
    const [only, another] = group.notes
    const room = (groups[i + 1]?.at ?? right + GAP_PX) - GAP_PX - group.at
    const xs = [...new Set(group.notes.map(({ x }) => x))]
    return {
      x: group.at,
      text: another === undefined && only !== undefined ? cutToRoom(only.note.label, room) : `${group.notes.length} notes`,
      notes: group.notes.map(({ note }) => note),
      lines: xs.length > MOST_LINES ? [xs[0] as number, xs.at(-1) as number] : xs,
    }
  })
}
