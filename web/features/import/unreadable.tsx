import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Import } from '../../../shared/contract/import.ts'
import { FormatList } from './format-list.tsx'
import classes from './import.module.css'
import { FormatSelect } from './option-form.tsx'
import type { Steps } from './preview.tsx'

/** Nothing could be read: why, and the two ways on. */
export const Unreadable = ({ one, steps }: { one: Import; steps: Steps }) => {
  const [format, setFormat] = useState(one.options.format ?? one.format?.name ?? '')
  return (
    <>
      <section className="card stack-tight" aria-label="Why it could not be read">
        <p className={classes.notice} data-bad role="alert">
          {one.message ?? 'No row of it could be read.'}
        </p>
        <div>
          <Button onClick={steps.chooseOthers} disabled={steps.isBusy}>
            Choose another file
          </Button>
        </div>
        <details className={classes.more}>
          <summary>I know what it is</summary>
          <form
            className="row"
            style={{ alignItems: 'flex-end', marginTop: 12 }}
            onSubmit={(event) => {
              event.preventDefault()
              steps.check({ ...one.options, format: format || null })
            }}
          >
            <FormatSelect value={format} onChange={setFormat} />
            <Button type="submit" variant="default" disabled={steps.isBusy}>
              Check again
            </Button>
          </form>
        </details>
      </section>
      <FormatList />
    </>
  )
}
