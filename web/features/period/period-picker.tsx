import { NativeSelect, SegmentedControl } from '@mantine/core'
import { formatPeriodShort } from '../../../shared/format.ts'
import { GRAINS, type Grain, periodsBetween } from '../../../shared/period.ts'
import classes from './period.module.css'
import type { Comparison, RangeName } from './period-search.ts'
import { canDraw, type ResolvedRange } from './resolve-range.ts'
import { usePeriodSearch } from './use-period-search.ts'

const RANGE_WORDS: { value: RangeName; label: string }[] = [
  { value: '3m', label: '3 months' },
  { value: '12m', label: '12 months' },
  { value: '24m', label: '24 months' },
  { value: 'all', label: 'All' },
]
const GRAIN_WORDS: Record<Grain, string> = { day: 'Day', week: 'Week', month: 'Month' }

/** Which periods, how long each, and what to compare them with. Every choice goes to the address. */
export const PeriodPicker = ({ range, firstMonth, lastMonth }: { range: ResolvedRange; firstMonth: string; lastMonth: string }) => {
  const { search, change } = usePeriodSearch()
  const months = periodsBetween([firstMonth, range.fromMonth].sort()[0] as string, [lastMonth, range.toMonth].sort()[1] as string, 'month')
  const monthOptions = (from: string, to: string) =>
    months.filter((m) => m >= from && m <= to).map((value) => ({ value, label: formatPeriodShort(value) }))
  const span = (from: string, to: string) => change({ range: undefined, from, to })
  return (
    <form className={`${classes.picker} no-print`} aria-label="Periods" onSubmit={(event) => event.preventDefault()}>
      <SegmentedControl
        aria-label="Range"
        size="sm"
        data={RANGE_WORDS}
        value={search.from === undefined ? (search.range ?? '12m') : ''}
        onChange={(value) => change({ range: value === '12m' ? undefined : (value as RangeName), from: undefined, to: undefined })}
      />
      <div className={classes.span}>
        <NativeSelect
          aria-label="First month"
          data={monthOptions(months[0] as string, range.toMonth)}
          value={range.fromMonth}
          onChange={(event) => span(event.currentTarget.value, range.toMonth)}
        />
        <span aria-hidden>to</span>
        <NativeSelect
          aria-label="Last month"
          data={monthOptions(range.fromMonth, months.at(-1) as string)}
          value={range.toMonth}
          onChange={(event) => span(range.fromMonth, event.currentTarget.value)}
        />
      </div>
      <SegmentedControl
        aria-label="Length of a period"
        size="sm"
        data={GRAINS.map((grain) => ({
          value: grain,
          label: GRAIN_WORDS[grain],
          disabled: !canDraw(range.fromMonth, range.toMonth, grain),
        }))}
        value={range.grain}
        onChange={(value) => change({ grain: value === 'month' ? undefined : (value as Grain) })}
      />
      <NativeSelect
        aria-label="Compare with"
        data={[
          { value: '', label: 'No comparison' },
          { value: 'previous', label: 'With the time before' },
          { value: 'year', label: 'With a year before' },
        ]}
        value={search.compare ?? ''}
        onChange={(event) => change({ compare: (event.currentTarget.value || undefined) as Comparison | undefined })}
      />
    </form>
  )
}
