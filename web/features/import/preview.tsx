import { Button } from '@mantine/core'
import type { Import, ImportOptions, Preview as PreviewOf } from '../../../shared/contract/import.ts'
import { countOf, formatCount, sayCountOf, startSentence } from '../../../shared/format.ts'
import { CsvScreen } from './csv-screen.tsx'
import { FoundCard } from './found-card.tsx'
import classes from './import.module.css'
import { NeededWords } from './needed-words.tsx'
import { OptionForm } from './option-form.tsx'
import { RejectionTable } from './rejection-table.tsx'
import { sayKnown } from './say-preview.ts'
import { WhatIsMissing } from './what-is-missing.tsx'

export type Steps = {
  /** Reads the files once more, in another way. */
  check: (options: ImportOptions) => void
  start: () => void
  /** Cancels this one and leads back to the choice of files. */
  chooseOthers: () => void
  isBusy: boolean
}

const RejectedCard = ({ preview }: { preview: PreviewOf }) =>
  preview.rejected === 0 ? null : (
    <section className="card stack-tight" aria-labelledby="rejected">
      <h2 className="title" id="rejected">
        {startSentence(sayCountOf(preview.rejected, 'row cannot be read', 'rows cannot be read'))}
      </h2>
      <p className="measure">
        {preview.new_events + preview.known_events === 0
          ? 'No row can be read as it is.'
          : 'The others are imported without them. Mend the file and import it again, and they are added.'}
      </p>
      <RejectionTable rejections={preview.rejections} />
      {preview.rejected > preview.rejections.length ? (
        <p className="quiet small">
          The first {formatCount(preview.rejections.length)}; after the import all of them can be downloaded as CSV.
        </p>
      ) : null}
    </section>
  )

/** The format’s name without what follows it. */
const nameOf = ({ format }: Import): string => format?.title.split(':')[0] ?? 'an export'

type PreviewProps = { slug: string; one: Import; preview: PreviewOf; timeZone: string; steps: Steps }

/** The two ways on, right under the headline. */
const WaysOn = ({ one, preview, steps }: PreviewProps) => {
  const isMapped = preview.csv.every(({ problem }) => problem === null)
  const canImport = isMapped && preview.new_events + preview.known_events + preview.conflicts > 0
  const replaces = one.options.on_conflict === 'replace'
  const isNothingNew = preview.new_events === 0 && !(replaces && preview.conflicts > 0)
  const known = sayKnown(preview, replaces)
  return (
    <div className="stack-tight">
      {canImport ? (
        <p className="lead">
          Recognised: {nameOf(one)}. {known ?? 'Nothing is stored yet.'}
        </p>
      ) : null}
      <div className="row">
        {canImport ? (
          <Button size="md" onClick={steps.start} disabled={steps.isBusy} variant={isNothingNew ? 'default' : 'filled'}>
            {isNothingNew ? 'Import it anyway' : `Import ${countOf(preview.new_events || preview.conflicts, 'event')}`}
          </Button>
        ) : null}
        <Button size="md" variant="default" onClick={steps.chooseOthers} disabled={steps.isBusy}>
          Choose another file
        </Button>
      </div>
    </div>
  )
}

/** What an import would do, and a person's word on it. */
export const Preview = (props: PreviewProps) => {
  const { slug, one, preview, timeZone, steps } = props
  const isMapped = preview.csv.every(({ problem }) => problem === null)
  const isEmpty = preview.new_events + preview.known_events + preview.conflicts === 0
  return (
    <div className="stack">
      {one.message === null ? null : (
        <p className={classes.notice} data-bad role="alert">
          {one.message}
          {isEmpty ? '' : ' What could be read can be imported.'}
        </p>
      )}
      {isMapped ? <WaysOn {...props} /> : null}
      {isMapped ? <NeededWords one={one} preview={preview} timeZone={timeZone} steps={steps} /> : null}
      {preview.csv.length === 0 ? null : <CsvScreen slug={slug} one={one} csv={preview.csv} timeZone={timeZone} steps={steps} />}
      {isMapped ? (
        <>
          <div className={classes.halves}>
            {isEmpty ? null : <FoundCard preview={preview} />}
            <WhatIsMissing preview={preview} />
          </div>
          <RejectedCard preview={preview} />
          <section className="card" aria-label="Other ways to read it">
            <OptionForm one={one} timeZone={timeZone} steps={steps} />
          </section>
        </>
      ) : (
        <WaysOn {...props} />
      )}
    </div>
  )
}
