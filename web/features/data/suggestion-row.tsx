import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Suggestion } from '../../../shared/contract/identity.ts'
import { joinWords } from '../../../shared/format.ts'
import { Failure } from '../../ui/failure.tsx'
import { AccountLine } from './account-line.tsx'
import { accountsOf, keyOf, type Said, shownName, useSaying } from './identity-queries.ts'
import classes from './identity-section.module.css'

const STRENGTH_WORDS: Record<Suggestion['strength'], string> = {
  strong: 'Very likely one person.',
  likely: 'Likely one person.',
  possible: 'Possibly one person.',
}

/** People who may be one, side by side, and what to say of them. */
export const SuggestionRow = ({
  slug,
  suggestion: { strength, reasons, people },
  timeZone,
  onSaid,
}: {
  slug: string
  suggestion: Suggestion
  timeZone: string
  onSaid: (said: Said) => void
}) => {
  const [left, setLeft] = useState<readonly string[]>([])
  const { mutate, isPending, error, failureCount } = useSaying(slug, (said) => said !== null && onSaid(said))
  const chosen = people.filter((person) => !left.includes(keyOf(person.accounts)))
  const accounts = accountsOf(chosen)
  const names = joinWords([...new Set(accounts.map(shownName))])
  return (
    <div className={classes.suggestion}>
      <div className={classes.people}>
        {people.map((person) => {
          const key = keyOf(person.accounts)
          return (
            <div key={key} className={classes.person}>
              {person.accounts.map((account) => (
                <AccountLine key={keyOf([account])} account={account} timeZone={timeZone} />
              ))}
              {people.length === 2 ? null : (
                <Checkbox
                  className="no-print"
                  label="Meant as well"
                  aria-label={`${person.accounts.map(shownName).join(', ')} is meant as well`}
                  checked={!left.includes(key)}
                  disabled={isPending}
                  onChange={(event) => setLeft(event.currentTarget.checked ? left.filter((one) => one !== key) : [...left, key])}
                />
              )}
            </div>
          )
        })}
      </div>
      <div className={classes.decide}>
        <p style={{ overflowWrap: 'anywhere' }}>
          <span className="strong">{STRENGTH_WORDS[strength]}</span> <bdi>{reasons.join(' ')}</bdi>
        </p>
        <div className="row no-print">
          <Button
            variant="default"
            size="xs"
            loading={isPending}
            disabled={chosen.length < 2}
            aria-label={`Same person: ${names}`}
            onClick={() => mutate({ say: 'merge', accounts })}
          >
            Same person
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={isPending || chosen.length < 2}
            aria-label={`Different people: ${names}`}
            onClick={() => mutate({ say: 'dismiss', accounts })}
          >
            Different people
          </Button>
          {isPending && failureCount > 0 ? (
            <span role="status" className="quiet small">
              Waiting until the numbers are worked out …
            </span>
          ) : null}
        </div>
        <Failure error={error} />
      </div>
    </div>
  )
}
