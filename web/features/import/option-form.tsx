import { Button, NativeSelect, Radio, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Import, ImportOptions } from '../../../shared/contract/import.ts'
import { startSentence } from '../../../shared/format.ts'
import classes from './import.module.css'
import { formatsQuery } from './import-queries.ts'
import type { Steps } from './preview.tsx'
import { ZoneSelect } from './zone-select.tsx'

export const ENCODINGS = [
  { value: '', label: 'As it says itself, else UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252, Western European' },
  { value: 'windows-1250', label: 'Windows-1250, Central European' },
  { value: 'windows-1251', label: 'Windows-1251, Cyrillic' },
  { value: 'iso-8859-15', label: 'ISO 8859-15, Latin 9' },
  { value: 'utf-16le', label: 'UTF-16' },
  { value: 'shift_jis', label: 'Shift JIS, Japanese' },
  { value: 'gb18030', label: 'GB 18030, Chinese' },
]

/** A format, as recognised or another. */
export const FormatSelect = ({ value, onChange }: { value: string; onChange: (format: string) => void }) => {
  const { data } = useQuery(formatsQuery)
  return (
    <NativeSelect
      label="What it is"
      data={[
        { value: '', label: 'As recognised by its content' },
        ...(data?.formats ?? []).map(({ name, title }) => ({ value: name, label: startSentence(title) })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** How the files are to be read, for those who know better; nobody needs it to go on. */
export const OptionForm = ({ one, timeZone, steps }: { one: Import; timeZone: string; steps: Steps }) => {
  const { options } = one
  const [format, setFormat] = useState(options.format ?? '')
  const [source, setSource] = useState(options.source ?? '')
  const [zone, setZone] = useState(options.time_zone ?? '')
  const [encoding, setEncoding] = useState(options.encoding ?? '')
  const [site, setSite] = useState(options.site ?? '')
  const [conflict, setConflict] = useState<string>(options.on_conflict ?? 'report')
  const next: ImportOptions = {
    // columns that were mapped stay so, unless it is read as something else
    csv: format === (options.format ?? '') ? options.csv : null,
    format: orNull(format),
    source: orNull(source),
    time_zone: orNull(zone),
    encoding: orNull(encoding),
    site: orNull(site),
    on_conflict: conflict === 'replace' ? 'replace' : 'report',
  }
  return (
    <details className={classes.more}>
      <summary>Read it in another way</summary>
      <form
        className="stack-tight"
        onSubmit={(event) => {
          event.preventDefault()
          steps.check(next)
        }}
      >
        <div className={classes.fields}>
          <FormatSelect value={format} onChange={setFormat} />
          <TextInput
            label="Name of the source"
            description="Shown where the numbers come from. An export of the same place keeps its name, so that nothing is counted twice."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={one.source}
            maxLength={512}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <ZoneSelect label="Times without a zone" timeZone={timeZone} value={zone} none="Reject them" onChange={setZone} />
          <NativeSelect
            label="Encoding of text"
            data={ENCODINGS}
            value={encoding}
            onChange={(event) => setEncoding(event.currentTarget.value)}
          />
          <TextInput
            label="Address of the place"
            description="For links from a number to the messages, such as https://forum.example.org"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={site}
            onChange={(event) => setSite(event.currentTarget.value)}
          />
          <Radio.Group label="A message that has changed since" value={conflict} onChange={setConflict}>
            <div className="stack-tight" style={{ gap: 8, marginTop: 8 }}>
              <Radio value="report" label="Keep it as it was imported" />
              <Radio value="replace" label="Replace it" />
            </div>
          </Radio.Group>
        </div>
        <div>
          <Button type="submit" variant="default" disabled={steps.isBusy}>
            Check again
          </Button>
        </div>
      </form>
    </details>
  )
}
