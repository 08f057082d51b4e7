import type { IdentityAccount } from '../../../shared/contract/identity.ts'
import { dayInZone, formatDay, sayCountOf } from '../../../shared/format.ts'
import { shownName } from './identity-queries.ts'

const sayTimes = ({ contributions, first_seen_at, last_seen_at }: IdentityAccount, timeZone: string): string => {
  if (first_seen_at === null || last_seen_at === null) return 'wrote nothing that counts'
  const [first, last] = [first_seen_at, last_seen_at].map((at) => formatDay(dayInZone(at, timeZone)))
  return `${sayCountOf(contributions, 'contribution')}, ${first === last ? first : `${first} to ${last}`}`
}

/** An account with what helps to tell whose it is. */
export const AccountLine = ({ account, timeZone }: { account: IdentityAccount; timeZone: string }) => (
  <div>
    <bdi className="strong">{shownName(account)}</bdi>
    <br />
    <span className="quiet small">
      <bdi>{account.source}</bdi>: <bdi>{account.actor_id}</bdi>
      <br />
      {sayTimes(account, timeZone)}
    </span>
  </div>
)
