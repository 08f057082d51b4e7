import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LINK_DAYS, type LinkInput, type ReportLink } from '../../../shared/contract/report-link.ts'
import { formatPeriod } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { reportsQuery } from '../report/report-queries.ts'
import classes from './report-settings.module.css'
import { linksPath } from './subscription-queries.ts'

const LATEST = 'latest'
const NEVER = 'never'

/** Makes a link, of a month that has a report or of whichever is the last. */
export const AddLink = ({ slug }: { slug: string }) => {
  const client = useQueryClient()
  const { data: list } = useQuery(reportsQuery(slug))
  const [label, setLabel] = useState('')
  const [month, setMonth] = useState(LATEST)
  const [days, setDays] = useState('90')
  const [isTried, setTried] = useState(false)
  const make = useMutation({
    mutationFn: () =>
      request<ReportLink>('POST', linksPath(slug), {
        label: label.trim(),
        month: month === LATEST ? null : month,
        days: (days === NEVER ? null : Number(days)) as LinkInput['days'],
      }),
    onSuccess: async () => {
      setLabel('')
      setTried(false)
      await client.invalidateQueries({ queryKey: ['community', slug, 'report-links'] })
    },
  })
  const isNamed = label.trim() !== ''
  return (
    <form
      className="stack-tight no-print"
      noValidate
      aria-label="Make a link"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (isNamed) make.mutate()
      }}
    >
      <div className={classes.fields}>
        <TextInput
          className={classes.grow}
          label="Who it is for"
          placeholder="The board"
          autoComplete="off"
          maxLength={200}
          value={label}
          error={isTried && !isNamed ? 'Say who it is for, so that you know it again.' : null}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Select
          label="It opens"
          allowDeselect={false}
          data={[
            { value: LATEST, label: 'Always the latest report' },
            ...(list?.reports ?? []).map((one) => ({ value: one.month, label: formatPeriod(one.month) })),
          ]}
          value={month}
          onChange={(value) => setMonth(value ?? LATEST)}
        />
        <Select
          label="It ends"
          allowDeselect={false}
          data={[
            ...LINK_DAYS.map((one) => ({ value: String(one), label: `After ${one} days` })),
            { value: NEVER, label: 'When I revoke it' },
          ]}
          value={days}
          onChange={(value) => setDays(value ?? '90')}
        />
        <Button type="submit" variant="default" className={classes.go} loading={make.isPending}>
          Make a link
        </Button>
      </div>
      <Failure error={make.error} />
    </form>
  )
}
