import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Import, Preview } from '../../../shared/contract/import.ts'
import classes from './import.module.css'
import { ENCODINGS } from './option-form.tsx'
import type { Steps } from './preview.tsx'
import { ZoneSelect } from './zone-select.tsx'

type Props = { one: Import; preview: Preview; timeZone: string; steps: Steps }

const AskZone = ({ one, timeZone, steps }: Props) => {
  const [zone, setZone] = useState(timeZone)
  return (
    <section className={`${classes.notice} stack-tight`} aria-label="Time zone">
      <p className="measure">
        <span className="strong">Its times have no time zone.</span> Say where its clock stood, and they can be read.
      </p>
      <div className="row" style={{ alignItems: 'flex-end' }}>
        <ZoneSelect label="Time zone of its times" timeZone={timeZone} value={zone} onChange={setZone} />
        <Button onClick={() => steps.check({ ...one.options, time_zone: zone })} disabled={steps.isBusy}>
          Read them so
        </Button>
      </div>
    </section>
  )
}

const AskEncoding = ({ one, steps }: Props) => {
  const [encoding, setEncoding] = useState('windows-1252')
  return (
    <section className={`${classes.notice} stack-tight`} aria-label="Encoding">
      <p className="measure">
        <span className="strong">Some of its letters cannot be read.</span> It was saved in an older encoding; in Western Europe and America
        that is mostly Windows-1252.
      </p>
      <div className="row" style={{ alignItems: 'flex-end' }}>
        <NativeSelect
          label="Encoding"
          data={ENCODINGS.filter(({ value }) => value !== '')}
          value={encoding}
          onChange={(event) => setEncoding(event.currentTarget.value)}
        />
        <Button onClick={() => steps.check({ ...one.options, encoding })} disabled={steps.isBusy}>
          Read it so
        </Button>
      </div>
    </section>
  )
}

/** What only a person knows and rows are rejected without: asked where it is missing, with the likeliest answer in place. */
export const NeededWords = (props: Props) => {
  const { one, preview } = props
  const codes = new Set(preview.rejections.map(({ code }) => code))
  return (
    <>
      {codes.has('missing_offset') && !one.options.time_zone ? <AskZone {...props} /> : null}
      {codes.has('not_unicode') && !one.options.encoding ? <AskEncoding {...props} /> : null}
    </>
  )
}
