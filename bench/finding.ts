/** One line of the table. */
export type Finding = {
  line: string
  what: string
  /** Stored or sent events; null where it does not matter. */
  size: number | null
  /** Null: not measured, `what` says why. */
  value: number | null
  unit: string
  /** Beside what it is held against, measured in the same run. */
  ratio?: number
  ratio_to?: string
  target?: string
  is_met?: boolean
  detail?: string
}
