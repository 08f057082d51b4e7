import { addDays, type DayRange, daysBetween } from '../../../shared/period.ts'

/** A busy feed does not fall silent by chance: days without any event, where so many would be usual in them, are taken for a cut (as the direction does by weeks). */
const CUT_EXPECTED = 20
/** What is usual is taken from so many days before. */
const USUAL_DAYS = 56

/**
 * How many days of a span the feed was heard on: all but those in runs of silence too long for chance. `events` by local day;
 * days before `wholeUntil` are known to be whole by the word of a source, and silence there is real. Pure.
 */
export const countHeardDays = (
  events: ReadonlyMap<string, number>,
  known: DayRange,
  wholeUntil: string | null,
): ((span: DayRange) => number) => {
  const cut = new Set<string>()
  const days = Array.from({ length: Math.max(0, daysBetween(known.from_on, known.to_on)) }, (_, i) => addDays(known.from_on, i))
  let run: string[] = []
  let usual: number[] = []
  const close = () => {
    const rate = usual.reduce((sum, count) => sum + count, 0) / Math.max(1, usual.length)
    if (rate * run.length >= CUT_EXPECTED) for (const day of run) cut.add(day)
    else usual = [...usual, ...run.map(() => 0)].slice(-USUAL_DAYS)
    run = []
  }
  for (const day of days) {
    const count = events.get(day) ?? 0
    if (count === 0 && (wholeUntil === null || day >= wholeUntil)) {
      run.push(day)
      continue
    }
    if (run.length > 0) close()
    usual = [...usual, count].slice(-USUAL_DAYS)
  }
  close()
  return ({ from_on, to_on }) => {
    let heard = 0
    for (let day = from_on; day < to_on; day = addDays(day, 1)) if (!cut.has(day)) heard++
    return heard
  }
}
