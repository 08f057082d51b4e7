import type { CaseColumn } from '../../../shared/contract/case-set.ts'
import type { Case, Cases } from '../../../shared/contract/case.ts'
import { formatCount, formatDay, formatDecimal, formatInstant, startSentence } from '../../../shared/format.ts'
import type { Cell } from '../../ui/csv.ts'

/** A column of the table: those of the list, and beside them what each case adds and whether it counts in the numerator. */
export type TableColumn = CaseColumn & { read: (one: Case) => Case['values'][string] }

const NUMBERS = new Set<CaseColumn['format']>(['count', 'number', 'hours', 'days'])
export const isNumberColumn = (column: CaseColumn): boolean => NUMBERS.has(column.format)

/** What each case adds has a column of its own unless the list has one of that name. */
export const columnsOf = ({ columns, shown, part, cases }: Pick<Cases, 'columns' | 'shown' | 'part' | 'cases'>): TableColumn[] => {
  const all: TableColumn[] = columns.map((column) => ({ ...column, read: (one) => one.values[column.id] ?? null }))
  const { amount } = shown
  if (amount !== null && !columns.some((column) => column.title.toLowerCase() === amount))
    all.push({ id: 'amount', title: `Adds: ${amount}`, format: 'number', read: (one) => one.amount })
  if (part === 'denominator' && cases.some((one) => one.in_numerator !== null))
    all.push({ id: 'in_numerator', title: 'In the numerator', format: 'yes_no', read: (one) => one.in_numerator })
  return all
}

/** A value as a reader of the page sees it; an empty one is a dash, someone unknown is said to be. */
export const formatCell = (value: Case['values'][string], column: CaseColumn, timeZone: string): string => {
  if (value === null) return column.format === 'person' ? 'not named' : '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return column.format === 'hours' || column.format === 'number' ? formatDecimal(value) : formatCount(value)
  if (column.format === 'time') return formatInstant(value, timeZone)
  if (column.format === 'day') return formatDay(value)
  return column.format === 'text' ? startSentence(value) : value
}

/** All cases as rows of a file: numbers and times unformatted. */
export const csvOfCases = (columns: TableColumn[], cases: Case[]): Cell[][] => [
  [...columns.map((column) => column.id), 'source', 'id', 'url'],
  ...cases.map((one) => [
    ...columns.map((column): Cell => {
      const value = column.read(one)
      return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
    }),
    one.source,
    one.id,
    one.url,
  ]),
]
