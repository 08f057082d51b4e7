import { Button, Checkbox, Radio } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ALERT_WAYS, type AlertWay } from '../../../shared/contract/alert-recipient.ts'
import type { AlertRuleId } from '../../../shared/contract/alert.ts'
import { Failure } from '../../ui/failure.tsx'
import classes from './recipients.module.css'
import { type RuleName, WAYS } from './say-recipient.ts'

export type Choice = { how: AlertWay; rules: AlertRuleId[] }
type Props = {
  label: string
  /** Asks how, as “How are you told?” */
  question?: string
  start: Choice
  rules: readonly RuleName[]
  /** Without "not by mail", for somebody who is being added. */
  isNew?: boolean
  save: string
  isPending: boolean
  error: Error | null
  onSave: (choice: Choice) => void
  onCancel?: () => void
  /** Fields before the choice. */
  children?: ReactNode
}

/** How somebody is told, and of what. */
export const WayForm = ({
  label,
  question = 'How',
  start,
  rules,
  isNew = false,
  save,
  isPending,
  error,
  onSave,
  onCancel,
  children,
}: Props) => {
  const [how, setHow] = useState(start.how)
  const [told, setTold] = useState<readonly AlertRuleId[]>(start.rules)
  const [isTried, setTried] = useState(false)
  const isEmpty = how !== 'none' && told.length === 0
  return (
    <form
      className="stack-tight no-print"
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!isEmpty) onSave({ how, rules: rules.map(({ rule }) => rule).filter((rule) => told.includes(rule)) })
      }}
    >
      {children}
      <Radio.Group label={question} value={how} onChange={(value) => setHow(value as AlertWay)}>
        <div className={classes.choices}>
          {ALERT_WAYS.filter((way) => !isNew || way !== 'none').map((way) => (
            <Radio key={way} value={way} {...WAYS[way]} />
          ))}
        </div>
      </Radio.Group>
      {how === 'none' ? null : (
        <Checkbox.Group
          label="Of what"
          value={[...told]}
          onChange={(values) => setTold(values as AlertRuleId[])}
          error={isTried && isEmpty ? 'Choose one at least, or “Not by mail”.' : null}
        >
          <div className={classes.rules}>
            {rules.map(({ rule, title }) => (
              <Checkbox key={rule} value={rule} label={title} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <Failure error={error} />
      <div className="row">
        <Button type="submit" variant={onCancel === undefined ? 'default' : 'filled'} loading={isPending}>
          {save}
        </Button>
        {onCancel === undefined ? null : (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  )
}
