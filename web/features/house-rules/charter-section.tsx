import { Button, Radio, Textarea } from '@mantine/core'
import { type UseMutationResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Charter, NOTE_LENGTH, PURPOSES, type Purpose } from '../../../shared/contract/charter.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './house-rules.module.css'
import type { SectionProps } from './section.ts'
import { charterQuery, pathOf } from './settings-queries.ts'

const PURPOSE_WORDS: Record<Purpose, { label: string; description: string }> = {
  community: { label: 'A community', description: 'Members ask, and many of them answer each other.' },
  newsletter: { label: 'A newsletter', description: 'News goes out to people who read it.' },
  workgroup: { label: 'A workgroup', description: 'A team does tasks and writes documents together.' },
  teaching_platform: { label: 'A teaching platform', description: 'Members ask, and one person or a few answer: that is their task.' },
  blog: { label: 'A blog', description: 'One person writes; others read, and comment.' },
}
/** A radio has no value for nothing. */
const NOTHING = 'nothing'

type Input = { purpose: Purpose | null; note: string | null; made_of: string | null }
type Save = UseMutationResult<Charter, Error, Input>

/** What somebody else saved while this form was being filled in: theirs or mine, as the person says. */
const Meanwhile = ({ charter, onTake, onKeep }: { charter: Charter; onTake: () => void; onKeep: () => void }) => (
  <div role="alert" className={classes.note}>
    <p>
      Meanwhile the charter was changed elsewhere: {charter.purpose === null ? 'nothing is declared' : PURPOSE_WORDS[charter.purpose].label}
      {charter.note === null ? '' : `, “${charter.note}”`}.
    </p>
    <div className="row">
      <button type="button" className="plain-button" onClick={onTake}>
        Take that
      </button>
      <button type="button" className="plain-button" onClick={onKeep}>
        Keep what I chose
      </button>
    </div>
  </div>
)

const Form = ({ charter: stands, save }: { charter: Charter; save: Save }) => {
  // what this form is a change of: what others save meanwhile neither overwrites it nor is overwritten by it
  const [charter, setCharter] = useState(stands)
  const [purpose, setPurpose] = useState<Purpose | null>(charter.purpose)
  const [note, setNote] = useState(charter.note ?? '')
  const take = (one: Charter) => {
    setCharter(one)
    setPurpose(one.purpose)
    setNote(one.note ?? '')
  }
  const isChanged = purpose !== charter.purpose || (purpose !== null && note.trim() !== (charter.note ?? ''))
  const isOther = stands.declared_at !== charter.declared_at
  // nothing is lost by showing what stands, where nothing was changed here
  if (isOther && !isChanged) take(stands)
  return (
    <form
      className={`stack-tight ${classes.form}`}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(
          { purpose, note: purpose === null || note.trim() === '' ? null : note, made_of: charter.declared_at },
          { onSuccess: take },
        )
      }}
    >
      <Radio.Group
        aria-labelledby="charter"
        value={purpose ?? NOTHING}
        onChange={(value) => setPurpose(value === NOTHING ? null : (value as Purpose))}
      >
        <div className="stack-tight">
          {PURPOSES.map((one) => (
            <Radio key={one} value={one} {...PURPOSE_WORDS[one]} />
          ))}
          <Radio value={NOTHING} label="Nothing is declared" description="The verdict says what it is, and not whether that is intended." />
        </div>
      </Radio.Group>
      {purpose === null ? null : (
        <Textarea
          label="In your own words"
          description="Shown here to everyone who may see the community; may be left empty."
          autosize
          minRows={2}
          maxRows={8}
          maxLength={NOTE_LENGTH}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {isOther && isChanged ? (
        <Meanwhile charter={stands} onTake={() => take(stands)} onKeep={() => setCharter(stands)} />
      ) : (
        <Failure error={save.error} />
      )}
      <div className="row">
        <Button type="submit" className="no-print" loading={save.isPending} disabled={!isChanged}>
          Save
        </Button>
        <span role="status" className="quiet">
          {save.isSuccess && !isChanged ? 'Saved. The history is judged anew; the pages follow by themselves.' : ''}
        </span>
      </div>
    </form>
  )
}

const Editor = ({ slug, charter }: { slug: string; charter: Charter }) => {
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (input: Input) => request<Charter>('PUT', pathOf(slug, 'charter'), input),
    onSuccess: (saved) => {
      client.setQueryData(charterQuery(slug).queryKey, saved)
      void client.invalidateQueries({ queryKey: ['community', slug] })
    },
    // refused because another stands by now: it is fetched, and shown beside what was chosen
    onError: () => void client.invalidateQueries({ queryKey: charterQuery(slug).queryKey }),
  })
  return <Form charter={charter} save={save} />
}

const Declared = ({ charter }: { charter: Charter }) =>
  charter.purpose === null ? (
    <p className="measure">Nothing is declared. The community’s manager can say what it is meant to be.</p>
  ) : (
    <p className="measure">
      <span className="strong">{PURPOSE_WORDS[charter.purpose].label}.</span> {PURPOSE_WORDS[charter.purpose].description}
    </p>
  )

/** What the group is meant to be, in the words of who manages it. */
export const CharterSection = ({ slug, isManager, timeZone }: SectionProps) => {
  const { data, error, refetch } = useQuery(charterQuery(slug))
  if (data === undefined)
    return error ? <CardProblem what="The charter" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[320]} />
  return (
    <section className="card stack-tight" aria-labelledby="charter">
      <h2 className="title" id="charter">
        What is this group meant to be?
      </h2>
      <p className="measure">
        The verdict then also says whether it is as intended or drifting: a newsletter that is meant to be one raises no alarm.
      </p>
      {isManager ? <Editor slug={slug} charter={data} /> : <Declared charter={data} />}
      {!isManager && data.note !== null ? (
        <blockquote className={classes.note}>
          <bdi>{data.note}</bdi>
        </blockquote>
      ) : null}
      {data.declared_at === null ? null : <p className="quiet small">Declared on {formatDay(dayInZone(data.declared_at, timeZone))}.</p>}
    </section>
  )
}
