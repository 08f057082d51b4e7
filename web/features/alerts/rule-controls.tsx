import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { WatchedRule } from '../../../shared/contract/alert.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { Failure } from '../../ui/failure.tsx'
import { useRuleChange } from './alert-queries.ts'
import classes from './alerts.module.css'

const WEEKS = [1, 4, 12] as const

/** Switch and snooze of a rule, for managers. */
export const RuleControls = ({ slug, rule }: { slug: string; rule: WatchedRule }) => {
  const change = useRuleChange(slug, rule)
  const [isAsking, setAsking] = useState(false)
  const { is_on, snoozed, own_strictness: strictness, state, title } = rule
  const turn = () => change.mutate({ set: { is_on: !is_on, strictness } }, { onSuccess: () => setAsking(false) })
  return (
    <div className={`${classes.controls} no-print`}>
      {!is_on ? null : snoozed === null ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              size="compact-md"
              variant="default"
              rightSection={<IconChevronDown size={14} aria-hidden />}
              aria-label={`Snooze: ${title}`}
            >
              Snooze
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Tell nobody for</Menu.Label>
            {WEEKS.map((weeks) => (
              <Menu.Item key={weeks} onClick={() => change.mutate({ snoozeDays: weeks * 7 })}>
                {weeks === 1 ? '1 week' : `${weeks} weeks`}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button size="compact-md" variant="default" onClick={() => change.mutate({ snoozeDays: null })} aria-label={`Tell again: ${title}`}>
          Tell again
        </Button>
      )}
      <Button
        size="compact-md"
        variant="default"
        aria-label={`${is_on ? 'Switch off' : 'Switch on'}: ${title}`}
        onClick={() => (is_on ? setAsking(true) : turn())}
        loading={change.isPending}
      >
        {is_on ? 'Switch off' : 'Switch on'}
      </Button>
      {isAsking ? null : <Failure error={change.error} />}
      <AreYouSure
        isOpen={isAsking}
        title={`Switch off “${title}”?`}
        yes="Switch off"
        no="Keep it on"
        isPending={change.isPending}
        error={change.error}
        onYes={turn}
        onClose={() => setAsking(false)}
      >
        It is no longer judged and nobody is told.{state === 'standing' ? ' The alert that stands is closed, as no longer watched.' : ''}{' '}
        What was noticed so far stays in the history. To be left in peace for some weeks, snooze it instead: it is still judged then.
      </AreYouSure>
    </div>
  )
}
