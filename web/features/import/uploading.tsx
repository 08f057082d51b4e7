import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Import } from '../../../shared/contract/import.ts'
import { countOf, formatPercent } from '../../../shared/format.ts'
import { DropTarget, PickFiles } from './choose-files.tsx'
import classes from './import.module.css'
import { ProgressBar } from './progress-bar.tsx'
import type { ChosenFile } from './read-dropped.ts'
import { saySize, sayTimeLeft } from './say-size.ts'
import { resumeUpload, startUpload, type Upload, useUpload } from './uploads.ts'

const sayProgress = ({ sent, total, bytesPerSecond }: Pick<Upload, 'sent' | 'total' | 'bytesPerSecond'>): string => {
  const parts = [`${saySize(sent)} of ${saySize(total)} (${formatPercent(total === 0 ? 1 : sent / total)})`]
  if (bytesPerSecond !== null && bytesPerSecond > 0 && sent < total)
    parts.push(`${saySize(bytesPerSecond)} a second`, sayTimeLeft((total - sent) / bytesPerSecond))
  return parts.join(' · ')
}

const Countdown = ({ until }: { until: number }) => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(Math.ceil((until - now) / 1000), 0)
  return <>{seconds === 0 ? 'Trying again now.' : `Trying again in ${countOf(seconds, 'second')}.`}</>
}

/** The upload of this window. */
const Sending = ({ slug, importId, upload }: { slug: string; importId: string; upload: Upload }) => (
  <>
    <ProgressBar label="Upload" share={upload.total === 0 ? 1 : upload.sent / upload.total} says={sayProgress(upload)} />
    {upload.state === 'waiting' || upload.state === 'stopped' ? (
      <div className={`${classes.notice} stack-tight`} data-bad={upload.state === 'stopped' || undefined} role="alert">
        <p className="measure">
          {upload.message} What was sent is kept. {upload.retryAt === null ? null : <Countdown until={upload.retryAt} />}
        </p>
        <div>
          <Button variant="default" onClick={() => resumeUpload(slug, importId)}>
            {upload.state === 'waiting' ? 'Try now' : 'Go on'}
          </Button>
        </div>
      </div>
    ) : (
      <p className="quiet small measure">
        Keep this page open until all is sent; you may go to other pages here. A lost connection is waited for, and nothing is sent twice.
      </p>
    )}
  </>
)

/** The same files again, found by name and size; the names of those that are missing. */
const matchFiles = (one: Import, chosen: ChosenFile[]) => {
  const missing: string[] = []
  const found = one.files.flatMap((file, no) => {
    if (file.uploaded === file.size) return []
    const same = chosen.find((c) => c.name === file.name && c.file.size === file.size)
    if (same === undefined) missing.push(file.name)
    return same === undefined ? [] : [{ no, file: same.file, uploaded: file.uploaded }]
  })
  return { found, missing }
}

/** No window sends it, as far as this one knows: it was closed or reloaded, or is another one. */
const ChooseAgain = ({ slug, one }: { slug: string; one: Import }) => {
  const [wrong, setWrong] = useState<string | null>(null)
  const sent = one.files.reduce((sum, { uploaded }) => sum + uploaded, 0)
  const total = one.files.reduce((sum, { size }) => sum + size, 0)
  const waiting = one.files.filter(({ size, uploaded }) => uploaded < size)
  const goOn = (chosen: ChosenFile[]) => {
    const { found, missing } = matchFiles(one, chosen)
    if (missing.length > 0)
      return setWrong(
        `${missing.length === 1 ? `“${missing[0]}” is` : `${countOf(missing.length, 'file')} (“${missing[0]}” and others) are`} not among them with the same name and size. Choose what you chose before, or cancel and begin again.`,
      )
    const already = one.files.reduce((sum, file) => sum + (file.uploaded === file.size ? file.size : 0), 0)
    startUpload(slug, one.id, found, already)
  }
  return (
    <>
      <ProgressBar label="Upload" share={total === 0 ? 1 : sent / total} says={sayProgress({ sent, total, bytesPerSecond: null })} />
      <p className="measure">
        This window is not sending. If the upload runs in another one, it goes on there and is shown here. If it was interrupted, choose{' '}
        {waiting.length === 1 ? (
          <>
            “<bdi>{waiting[0]?.name}</bdi>”
          </>
        ) : (
          'the same files'
        )}{' '}
        again: it goes on where it stopped.
      </p>
      <DropTarget onDropped={goOn}>
        <PickFiles label={waiting.length === 1 ? 'Choose the same file again' : 'Choose the same files again'} onPick={goOn} />
        {one.files.some(({ name }) => name.includes('/')) ? <PickFiles label="or the folder" isQuiet isFolder onPick={goOn} /> : null}
      </DropTarget>
      {wrong === null ? null : (
        <p className={classes.notice} data-bad role="alert">
          {wrong}
        </p>
      )}
    </>
  )
}

/** Bytes are on their way, or awaited. */
export const Uploading = ({ slug, one }: { slug: string; one: Import }) => {
  const upload = useUpload(one.id)
  return upload === null ? <ChooseAgain slug={slug} one={one} /> : <Sending slug={slug} importId={one.id} upload={upload} />
}
