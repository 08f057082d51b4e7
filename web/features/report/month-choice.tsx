import { NativeSelect } from '@mantine/core'
import { formatPeriod } from '../../../shared/format.ts'
import type { ReportMonth } from './list-months.ts'

const STATE_WORDS: Record<ReportMonth['state'], string> = { frozen: '', running: ' (preview)', missing: ' (not made)' }

/** Which month is read; each says whether there is a report of it. */
export const MonthChoice = ({
  months,
  month,
  onChange,
}: {
  months: readonly ReportMonth[]
  month: string
  onChange: (month: string) => void
}) => (
  <NativeSelect
    label="Month"
    value={month}
    onChange={(event) => onChange(event.currentTarget.value)}
    data={months.map((one) => ({ value: one.month, label: `${formatPeriod(one.month)}${STATE_WORDS[one.state]}` }))}
  />
)

/** Which revision is read, where there is more than one. */
export const RevisionChoice = ({ last, revision, onChange }: { last: number; revision: number; onChange: (revision: number) => void }) =>
  last < 2 ? null : (
    <NativeSelect
      label="Revision"
      value={String(revision)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      data={Array.from({ length: last }, (_, i) => last - i).map((one) => ({
        value: String(one),
        label: one === last ? `${one} (the last)` : one === 1 ? '1 (as first made)' : String(one),
      }))}
    />
  )
