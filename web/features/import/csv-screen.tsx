import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CsvColumns, CsvMapping, Import } from '../../../shared/contract/import.ts'
import { countOf } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { pathOf } from '../house-rules/settings-queries.ts'
import { CsvFile } from './csv-file.tsx'
import classes from './import.module.css'
import { csvMappingsQuery } from './import-queries.ts'
import type { Steps } from './preview.tsx'

type Props = { slug: string; one: Import; csv: CsvColumns[]; timeZone: string; steps: Steps }

const isSame = (a: CsvMapping, b: CsvMapping): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Keeps or forgets how files with these columns are read. */
const useKeep = (slug: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (files: { header: string[]; mapping: CsvMapping | null }[]) => {
      for (const { header, mapping } of files) await request('PUT', pathOf(slug, 'csv-mappings'), { header, mapping })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: csvMappingsQuery(slug).queryKey }),
  })
}

const Saved = ({ slug, csv, one, steps }: Props) => {
  const saved = csv.filter(({ is_saved }) => is_saved)
  const forget = useKeep(slug)
  if (saved.length === 0) return null
  return (
    <p className="measure">
      {saved.length === 1
        ? 'Read as you said before for a file with these columns.'
        : 'Read as you said before for files with these columns.'}{' '}
      <button
        type="button"
        className="plain-button"
        disabled={steps.isBusy || forget.isPending}
        onClick={() =>
          forget.mutate(
            saved.map(({ header }) => ({ header, mapping: null })),
            { onSuccess: () => steps.check({ ...one.options, csv: null }) },
          )
        }
      >
        Forget it, and guess anew
      </button>
      <Failure error={forget.error} />
    </p>
  )
}

/** As it is read now, with the likeliest answer where only a person knows. */
const startFrom = ({ mapping, needs_time_zone }: CsvColumns, { options }: Import, timeZone: string): CsvMapping =>
  needs_time_zone && mapping.time_zone === null && !options.time_zone ? { ...mapping, time_zone: timeZone } : mapping

const Form = (props: Props) => {
  const { slug, one, csv, timeZone, steps } = props
  const [mappings, setMappings] = useState<Record<string, CsvMapping>>(() =>
    Object.fromEntries(csv.map((file) => [file.file, startFrom(file, one, timeZone)])),
  )
  const [isKept, setKept] = useState(true)
  const keep = useKeep(slug)
  const isChanged = csv.some(({ file, mapping }) => !isSame(mappings[file] ?? mapping, mapping))
  const submit = async () => {
    // a mapping that cannot be kept must not keep anybody from going on
    if (isKept)
      await keep
        .mutateAsync(csv.map(({ file, header, mapping }) => ({ header, mapping: mappings[file] ?? mapping })))
        .catch(() => undefined)
    steps.check({ ...one.options, csv: mappings })
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {csv.map((file) => (
        <CsvFile
          key={file.file}
          file={file}
          isAlone={csv.length === 1}
          timeZone={timeZone}
          mapping={mappings[file.file] ?? file.mapping}
          onChange={(mapping) => setMappings((now) => ({ ...now, [file.file]: mapping }))}
        />
      ))}
      <Failure error={keep.error} />
      <div className="row">
        <Button type="submit" disabled={steps.isBusy || !isChanged} loading={keep.isPending}>
          Read it so
        </Button>
        <Checkbox
          label="Remember it for the next file with these columns"
          checked={isKept}
          onChange={(event) => setKept(event.currentTarget.checked)}
        />
      </div>
    </form>
  )
}

/** Which column of a CSV file holds what. It stands open where something is missing, and else one click away. */
export const CsvScreen = (props: Props) => {
  const { csv } = props
  const wrong = csv.filter(({ problem }) => problem !== null)
  const guesses = csv.flatMap((file) => file.guesses.map((guess) => (csv.length > 1 ? `${file.file}: ${guess}` : guess)))
  const columns = csv.reduce((sum, { header }) => sum + header.length, 0)
  const used = csv.reduce((sum, { mapping }) => sum + Object.keys(mapping.columns).length, 0)
  if (wrong.length > 0)
    return (
      <section className="card stack-tight" aria-labelledby="columns">
        <h2 className="visually-hidden" id="columns">
          Columns
        </h2>
        {wrong.map(({ file, problem }) => (
          <p key={file} className={classes.notice} role="alert">
            {csv.length > 1 ? <span className="strong">{file}: </span> : null}
            {problem}
          </p>
        ))}
        <Saved {...props} />
        <Form {...props} />
      </section>
    )
  return (
    <section className="card stack-tight" aria-labelledby="columns">
      <h2 className="title" id="columns">
        How its columns are read
      </h2>
      <p className="measure">
        {used} of {countOf(columns, 'column')} are used.
      </p>
      <Saved {...props} />
      {csv.some(({ mapping: { kind, columns } }) => kind === 'events' && !columns.thread_id && !columns.in_reply_to) ? (
        <p className={classes.notice}>
          No column names the thread, or the row that is answered: it cannot be told who answers whom. If the file has such a column, say
          which.
        </p>
      ) : null}
      {guesses.length === 0 ? null : (
        <ul className={classes.list}>
          {guesses.map((guess) => (
            <li key={guess}>{guess}</li>
          ))}
        </ul>
      )}
      <details className={classes.more}>
        <summary>See the columns, and change what they hold</summary>
        <div style={{ marginTop: 16 }}>
          <Form {...props} />
        </div>
      </details>
    </section>
  )
}
