import { Textarea } from '@mantine/core'
import { MAX_ASK_LENGTH } from '../../../shared/contract/report-settings.ts'
import { countOf, formatCount } from '../../../shared/format.ts'
import classes from './draft.module.css'

export const isAskTooLong = (ask: string): boolean => ask.length > MAX_ASK_LENGTH

/** What the manager asks of the sponsor. What is too long is counted and not cut off: somebody may have pasted it. */
export const AskField = ({ ask, onChange }: { ask: string; onChange: (ask: string) => void }) => (
  <Textarea
    label="What I ask of you"
    description="In your words, to the sponsor; it stands at the end of the report, with your name. May be left empty."
    autosize
    minRows={4}
    maxRows={16}
    dir="auto"
    value={ask}
    onChange={(event) => onChange(event.currentTarget.value)}
    error={
      isAskTooLong(ask) ? `${countOf(ask.length - MAX_ASK_LENGTH, 'character')} too many: the whole report is read in two minutes.` : null
    }
    inputWrapperOrder={['label', 'description', 'input', 'error']}
    labelProps={{ className: 'strong' }}
  />
)

/** How much has been written. */
export const AskCount = ({ ask }: { ask: string }) => (
  <p id="ask-count" className={`small quiet ${classes.count}`}>
    {formatCount(ask.length)} of {countOf(MAX_ASK_LENGTH, 'character')}
  </p>
)
