import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { Import } from '../../../shared/contract/import.ts'
import { MAX_IMPORT_FILES } from '../../../shared/contract/upload-limits.ts'
import { countOf } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { pathOf } from '../house-rules/settings-queries.ts'
import classes from './import.module.css'
import { type ChosenFile, readChosen, readDropped } from './read-dropped.ts'
import { startUpload } from './uploads.ts'

/** Whether this browser lets a folder be chosen; phones do not. */
const canChooseFolder = (): boolean => 'webkitdirectory' in HTMLInputElement.prototype && !matchMedia('(pointer: coarse)').matches

type PickProps = { label: string; isQuiet?: boolean; isFolder?: boolean; isSingle?: boolean; onPick: (files: ChosenFile[]) => void }

/** A native file input under its label, so that keyboard, screen reader and phone find what they know. */
export const PickFiles = ({ label, isQuiet = false, isFolder = false, isSingle = false, onPick }: PickProps) => {
  const id = useId()
  return (
    <label className={classes.pick} htmlFor={id} data-quiet={isQuiet || undefined}>
      {label}
      <input
        id={id}
        type="file"
        className="visually-hidden"
        multiple={!isSingle}
        {...(isFolder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const files = readChosen(event.currentTarget.files ?? [])
          // the same file can be chosen again after something went wrong
          event.currentTarget.value = ''
          if (files.length > 0) onPick(files)
        }}
      />
    </label>
  )
}

/** A place to drop files on, with what else stands in it. */
export const DropTarget = ({ onDropped, children }: { onDropped: (files: ChosenFile[]) => void; children: React.ReactNode }) => {
  const [isOver, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse alone; the inputs inside are for everybody
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void readDropped(event.dataTransfer).then((files) => {
          if (files.length > 0) onDropped(files)
        })
      }}
    >
      {children}
    </div>
  )
}

const checkFiles = (files: ChosenFile[]): string | null => {
  if (files.length > MAX_IMPORT_FILES)
    return `These are ${countOf(files.length, 'file')}, and at most ${MAX_IMPORT_FILES} are taken at once. Pack the folder into a ZIP and choose that.`
  if (files.every(({ file }) => file.size === 0)) return 'There is nothing in it: the file is empty. Download the export again.'
  return null
}

/** Choose or drop: begins an import and leads to its page, which shows the upload. */
export const ChooseFiles = ({ slug, title = 'Drop your export here' }: { slug: string; title?: string }) => {
  const navigate = useNavigate()
  const begin = useMutation({
    mutationFn: async (files: ChosenFile[]) => {
      const wrong = checkFiles(files)
      if (wrong !== null) throw new Error(wrong)
      const made = await request<Import>('POST', pathOf(slug, 'imports'), {
        files: files.map(({ name, file }) => ({ name, size: file.size })),
      })
      startUpload(
        slug,
        made.id,
        files.map(({ file }, no) => ({ no, file, uploaded: 0 })),
      )
      return made
    },
    onSuccess: (made) => navigate({ to: '/c/$slug/import', params: { slug }, search: { id: made.id } }),
  })
  return (
    <div className="stack-tight">
      <DropTarget onDropped={begin.mutate}>
        <p className="title">{title}</p>
        <p className="quiet" style={{ textWrap: 'balance' }}>
          A Slack ZIP, a mailing list’s mbox, Posts.xml, a CSV: just as you downloaded it. It is recognised by itself.
        </p>
        <PickFiles label={begin.isPending ? 'One moment …' : 'Choose files'} onPick={begin.mutate} />
        {canChooseFolder() ? <PickFiles label="or a folder" isQuiet isFolder onPick={begin.mutate} /> : null}
      </DropTarget>
      <Failure error={begin.error} />
      <p className="quiet small measure">
        Files of any size. First you see what is in them; nothing is stored until you say so. The text of messages is read to tell questions
        from news, and then dropped.
      </p>
    </div>
  )
}
