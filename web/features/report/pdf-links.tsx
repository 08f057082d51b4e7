import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { MouseEvent } from 'react'
import { getFile } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { saveFile } from '../../ui/save-file.ts'
import classes from './report-page.module.css'

/** The report to keep: as a PDF, made on the server, or by the reader's own print. */
export const PdfLinks = ({ href }: { href: string }) => {
  const save = useMutation({ mutationFn: () => getFile(href), onSuccess: ({ name, blob }) => saveFile(name, blob) })
  return (
    <div className={classes.pdf}>
      <div className="row">
        {/* stays a link: it can be copied, and opened in a tab of its own */}
        <Button
          component="a"
          href={href}
          variant="default"
          loading={save.isPending}
          onClick={(event: MouseEvent) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            save.mutate()
          }}
        >
          Save as PDF
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          Print
        </Button>
      </div>
      <p role="status" className="small quiet">
        {save.isPending ? 'The PDF is being made: a few seconds, and some more the first time.' : ''}
      </p>
      <Failure error={save.error} />
      {save.error === null ? null : <p className="small quiet">“Print” gives the same pages: choose “Save as PDF” there.</p>}
    </div>
  )
}
