import { Button } from '@mantine/core'
import type { Import, ImportOptions, Preview as PreviewOf } from '../../../shared/contract/import.ts'
import { countOf, dayInZone, formatCount, formatDay, joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import { CsvScreen } from './csv-screen.tsx'
import { listTypes, saySkipped } from './event-words.ts'
import classes from './import.module.css'
import { NeededWords } from './needed-words.tsx'
import { OptionForm } from './option-form.tsx'
import { RejectionTable } from './rejection-table.tsx'
import { sayRule } from './rule-words.ts'
import { WhatIsMissing } from './what-is-missing.tsx'

export type Steps = {
  /** Reads the files once more, in another way. */
  check: (options: ImportOptions) => void
  start: () => void
  /** Cancels this one and leads back to the choice of files. */
  chooseOthers: () => void
  isBusy: boolean
}

export const spanOf = ({ first_event_at, last_event_at }: Pick<PreviewOf, 'first_event_at' | 'last_event_at'>, timeZone: string) => {
  if (first_event_at === null || last_event_at === null) return null
  const [from, to] = [formatDay(dayInZone(first_event_at, timeZone)), formatDay(dayInZone(last_event_at, timeZone))]
  return from === to ? from : `${from} to ${to}`
}

const Counts = ({ counts }: { counts: Readonly<Record<string, number>> }) => (
  <ul className={classes.counts}>
    {listTypes(counts).map(({ type, count, word }) => (
      <li key={type}>
        <span className={classes.count}>{formatCount(count)}</span>
        <span>{word}</span>
      </li>
    ))}
  </ul>
)

/** How its questions and its threads were found, where the source says neither. */
const HowFound = ({ preview }: { preview: PreviewOf }) => {
  const rules = Object.entries(preview.classified)
    .filter(([rule]) => rule !== 'reply')
    .sort((a, b) => b[1] - a[1])
  const byText = rules.reduce((sum, [, count]) => sum + count, 0)
  const { opens = 0, named = 0, guess = 0 } = preview.inferred
  const inferred = opens + named + guess
  if (byText + inferred === 0) return null
  return (
    <section className="stack-tight">
      <h3 className="strong">How that was found</h3>
      {byText === 0 ? null : (
        <>
          <p className="measure">
            This source does not say which messages are questions or news. {startSentence(countOf(byText, 'message was', 'messages were'))}{' '}
            told apart by their text, by published rules.
          </p>
          <details className={classes.more}>
            <summary>By which rules</summary>
            <ul className={classes.counts}>
              {rules.map(([rule, count]) => (
                <li key={rule}>
                  <span className={classes.count}>{formatCount(count)}</span>
                  <span>{sayRule(rule)}</span>
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
      {inferred === 0 ? null : (
        <p className="measure">
          {startSentence(sayCountOf(inferred, 'message stands', 'messages stand'))} in chats without threads. Whom they answer is inferred:{' '}
          {joinWords([
            ...(named === 0 ? [] : [`${formatCount(named)} name whom they answer`]),
            ...(guess === 0 ? [] : [`${formatCount(guess)} are guessed from who spoke last`]),
            ...(opens === 0 ? [] : [`${formatCount(opens)} open a conversation`]),
          ])}
          . Numbers that rest on it are marked “inferred” and are probably low estimates.
        </p>
      )}
    </section>
  )
}

const Figure = ({ title, figure, children }: { title: string; figure: string; children?: React.ReactNode }) => (
  <div>
    <dt>{title}</dt>
    <dd className={classes.figure}>{figure}</dd>
    {children}
  </div>
)

const Channels = ({ channels }: Pick<PreviewOf, 'channels'>) => {
  if (channels.length === 0) return <dd className="small quiet">It names none.</dd>
  const [first, second, third] = channels
  const names = [first, second, third].flatMap((one) => (one === undefined ? [] : [one.channel]))
  return (
    <dd className="small">
      <details className={classes.more}>
        <summary>
          {names.join(', ')}
          {channels.length > 3 ? ' …' : ''}
        </summary>
        <ul className={classes.counts}>
          {channels.map(({ channel, event_count }) => (
            <li key={channel}>
              <span className={classes.count}>{formatCount(event_count)}</span>
              <bdi className={classes.wrap}>{channel}</bdi>
            </li>
          ))}
        </ul>
      </details>
    </dd>
  )
}

const Figures = ({ preview, timeZone }: { preview: PreviewOf; timeZone: string }) => (
  <dl className={classes.figures}>
    <Figure title="People" figure={formatCount(preview.member_count - preview.bot_count)}>
      {preview.bot_count === 0 ? null : <dd className="small quiet">and {countOf(preview.bot_count, 'bot')}</dd>}
    </Figure>
    <Figure title="From when to when" figure={spanOf(preview, timeZone) ?? 'No dates'} />
    <Figure title="Channels" figure={preview.channels.length >= 50 ? '50 or more' : formatCount(preview.channels.length)}>
      <Channels channels={preview.channels} />
    </Figure>
  </dl>
)

/** What is new, known and in the way, in one sentence. */
const sayNew = ({ new_events, known_events, conflicts }: PreviewOf, replaces: boolean): string => {
  const parts = [
    ...(known_events === 0 ? [] : [`${countOf(known_events, 'event is', 'events are')} known already and will not be counted twice`]),
    ...(conflicts === 0
      ? []
      : [
          `${countOf(conflicts, 'message has', 'messages have')} changed since ${conflicts === 1 ? 'it was' : 'they were'} imported and will ${replaces ? 'be replaced' : `stay as ${conflicts === 1 ? 'it is' : 'they are'}`}`,
        ]),
  ]
  const known = parts.length === 0 ? '' : ` ${startSentence(joinWords(parts))}.`
  return new_events === 0 ? `Nothing in it is new.${known}` : `${startSentence(countOf(new_events, 'event is', 'events are'))} new.${known}`
}

const FoundCard = ({ one, preview, timeZone }: { one: Import; preview: PreviewOf; timeZone: string }) => {
  const skipped = saySkipped(preview.skipped)
  const total = preview.new_events + preview.known_events + preview.conflicts
  return (
    <section className="card stack-tight" aria-labelledby="found">
      <h2 className="title" id="found">
        {total === 0 ? 'Nothing was found in it' : `This is ${one.format?.title ?? 'an export'}`}
      </h2>
      {total === 0 ? null : <p className="lead">{sayNew(preview, one.options.on_conflict === 'replace')}</p>}
      {total === 0 ? null : <Figures preview={preview} timeZone={timeZone} />}
      <Counts counts={preview.by_type} />
      {skipped.length === 0 ? null : <p className="quiet measure">Passed by, since they are no events: {joinWords(skipped)}.</p>}
      <HowFound preview={preview} />
      {preview.notes.length === 0 ? null : (
        <ul className={classes.list}>
          {preview.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  )
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

/** What an import would do, and a person's word on it. */
export const Preview = ({ slug, one, timeZone, steps }: { slug: string; one: Import; timeZone: string; steps: Steps }) => {
  const { preview } = one
  if (preview === null) return null
  const isMapped = preview.csv.every(({ problem }) => problem === null)
  const found = preview.new_events + preview.known_events + preview.conflicts
  const canImport = isMapped && found > 0
  const isNothingNew = preview.new_events === 0 && (preview.conflicts === 0 || one.options.on_conflict !== 'replace')
  return (
    <div className="stack">
      {one.message === null ? null : (
        <p className={classes.notice} data-bad role="alert">
          {one.message} {canImport ? 'What could be read can be imported.' : ''}
        </p>
      )}
      {preview.csv.length === 0 ? null : <CsvScreen slug={slug} one={one} csv={preview.csv} timeZone={timeZone} steps={steps} />}
      {isMapped ? (
        <>
          <NeededWords one={one} preview={preview} timeZone={timeZone} steps={steps} />
          <FoundCard one={one} preview={preview} timeZone={timeZone} />
          <RejectedCard preview={preview} />
          <WhatIsMissing preview={preview} />
          <section className="card stack-tight">
            <div className="row">
              {canImport ? (
                <Button size="md" onClick={steps.start} disabled={steps.isBusy} variant={isNothingNew ? 'default' : 'filled'}>
                  {isNothingNew ? 'Import it anyway' : `Import ${countOf(preview.new_events, 'event')}`}
                </Button>
              ) : null}
              <Button size="md" variant="default" onClick={steps.chooseOthers} disabled={steps.isBusy}>
                Choose another file
              </Button>
            </div>
            <OptionForm one={one} timeZone={timeZone} steps={steps} />
          </section>
        </>
      ) : (
        <div>
          <Button variant="default" onClick={steps.chooseOthers} disabled={steps.isBusy}>
            Choose another file
          </Button>
        </div>
      )}
    </div>
  )
}
