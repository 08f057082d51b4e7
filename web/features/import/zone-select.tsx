import { NativeSelect } from '@mantine/core'

const listZones = (first: string): string[] => [...new Set([first, 'UTC', ...Intl.supportedValuesOf('timeZone')])]

type ZoneSelectProps = {
  label: string
  description?: string
  timeZone: string
  value: string
  none?: string
  onChange: (zone: string) => void
}

/** A time zone, the community's first; `none` stands for no choice, whose value is ''. */
export const ZoneSelect = ({ label, description, timeZone, value, none, onChange }: ZoneSelectProps) => (
  <NativeSelect
    label={label}
    description={description}
    inputWrapperOrder={['label', 'input', 'description', 'error']}
    data={[
      ...(none === undefined ? [] : [{ value: '', label: none }]),
      ...listZones(timeZone).map((zone) => ({
        value: zone,
        label: zone === timeZone ? `${zone.replaceAll('_', ' ')} (this community’s)` : zone.replaceAll('_', ' '),
      })),
    ]}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)
