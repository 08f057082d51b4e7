import type { ComparedCell, ComparedGroup, ComparedRow, Comparison, MemberOverlap } from '../../../shared/contract/comparison.ts'
import {
  formatCount,
  formatDecimal,
  formatHours,
  formatHoursInterval,
  formatShare,
  joinWords,
  sayCountOf,
  startSentence,
} from '../../../shared/format.ts'

/** Longer names are cut beside a drawing; the list on top has them whole. */
const SHORT = 28
export const shortName = (name: string): string => {
  const letters = Array.from(name)
  return letters.length > SHORT
    ? `${letters
        .slice(0, SHORT - 1)
        .join('')
        .trimEnd()}…`
    : name
}

/** The names as they stand beside drawings, told apart where two are alike. */
export const namesOf = (communities: readonly { name: string; slug: string }[]): string[] => {
  const short = communities.map(({ name }) => shortName(name))
  return short.map((name, i) => (short.indexOf(name) === short.lastIndexOf(name) ? name : `${name} (${communities[i]?.slug ?? ''})`))
}

export const QUESTIONS: Record<ComparedGroup, string> = {
  membership: 'Who is there?',
  helping: 'Do they help each other?',
  voices: 'Whose voices are heard?',
  'content-mix': 'What is written?',
}

/** A value as its unit and number of cases allow. */
export const sayCell = (cell: ComparedCell, unit: ComparedRow['unit']): string | null => {
  if (unit === 'share') return formatShare(cell)
  if (cell.value === null) return null
  if (unit === 'hours') {
    const interval = cell.low === null || cell.high === null ? '' : ` (${formatHoursInterval(cell.low, cell.high)})`
    return `${formatHours(cell.value)}${interval}`
  }
  return unit === 'voices' || unit === 'people per voice' ? formatDecimal(cell.value) : formatCount(cell.value)
}

const points = (share: number): number => Math.round(Math.abs(share) * 100)
const sayPair = (names: readonly string[], { a, b }: { a: number; b: number }) => `${names[a]} and ${names[b]}`

/** By how many points, from the nearer to the farther end of the interval. */
const sayPoints = (low: number, high: number): string => {
  const ends = [points(low), points(high)].sort((x, y) => x - y)
  return `by ${ends[0]}–${ends[1]} points`
}

/** Which pairs differ and which may be chance, in words. */
export const sayFinding = ({ differences, untested }: ComparedRow, names: readonly string[]): string => {
  if (untested !== null) return untested
  const apart = differences.filter(({ finding }) => finding === 'differs')
  const rest = differences.length - apart.length
  const differ = apart.map((one) => `${sayPair(names, one)} differ ${sayPoints(one.low, one.high)}`)
  if (apart.length === 0) return differences.length === 1 ? 'The difference may be chance.' : 'All differences may be chance.'
  return `${startSentence(joinWords(differ))}${rest === 0 ? '' : rest === 1 ? '; the other difference may be chance' : '; the others may be chance'}.`
}

/** What a group of measures shows, in a sentence or two. */
export const sayGroup = (rows: readonly ComparedRow[]): string => {
  const tested = rows.filter(({ differences }) => differences.length > 0)
  const apart = tested.filter(({ differences }) => differences.some(({ finding }) => finding === 'differs'))
  if (tested.length === 0) return 'Side by side, each over its own days; no difference is tested here.'
  if (apart.length === 0) return `Of ${sayCountOf(tested.length, 'share')} tested none differs by more than may be chance.`
  const titles = joinWords(apart.map(({ title }) => `“${title}”`))
  return `By more than chance ${apart.length === 1 ? 'one share differs' : 'these shares differ'}: ${titles}.`
}

export const sayBy = ({ by }: MemberOverlap): string =>
  joinWords(by.map((way) => (way === 'address' ? 'their addresses, kept as hashes' : 'their accounts in the same place')))

/** How many people are in more than one, in a sentence. */
export const sayOverlap = ({ overlap }: Comparison, names: readonly string[]): string => {
  const told = overlap.pairs.filter(({ state }) => state === 'told')
  if (told.length === 0)
    return overlap.pairs.some(({ state }) => state === 'few')
      ? 'So few people are in both, or in one alone, that their number is not told.'
      : 'It cannot be told: there is no common way to recognise people.'
  const [pair] = told
  if (overlap.pairs.length === 1 && pair !== undefined)
    return `Of ${overlap.active_people[pair.a]} people active in ${names[pair.a]} ${pair.a_in_both === 0 ? 'none is' : `${pair.a_in_both} are`} active in ${names[pair.b]} too.`
  const parts = overlap.also_elsewhere.flatMap((count, i) =>
    count === null ? [] : [`${formatCount(count)} of ${formatCount(overlap.active_people[i] ?? 0)} in ${names[i]}`],
  )
  return parts.length === 0 ? 'Some pairs share people.' : `Also active in another of these: ${joinWords(parts)}.`
}
