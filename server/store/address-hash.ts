import { createHash } from 'node:crypto'
import { addressKey } from '../../shared/contract/report-subscription.ts'

/** What is kept of an address that said no: enough to know it again, not to write to it. Throws a `RangeError` where it is none. */
export const hashAddress = (address: string): Buffer => {
  const key = addressKey(address)
  if (key === null) throw new RangeError('this is no address')
  return createHash('sha256').update(key).digest()
}
