import { LAPSE_DAYS, ORDINARY_DAYS } from './lapse-days.ts'
import { rollupStatement } from './statement.ts'

export type StretchKind = 'active' | 'unbroken' | 'benefited'
/** For how many days, itself included, a day counts in a stretch of each kind. */
export const STRETCH_DAYS: Record<StretchKind, number> = { active: LAPSE_DAYS, unbroken: ORDINARY_DAYS, benefited: LAPSE_DAYS }

const statement = (name: string, stretchDays = LAPSE_DAYS) =>
  rollupStatement(name).replaceAll('lapse_days()', String(LAPSE_DAYS)).replaceAll('stretch_days()', String(stretchDays))

export const personDays = statement('person-days')

/** A change to any of these asks for a rebuild. Each gives the rows of a table, or of a part of it, as they should be. */
export const membershipStatements = {
  membershipSpell: statement('membership-spell'),
  unbrokenPresence: statement('presence', STRETCH_DAYS.unbroken).replaceAll('day_table()', 'activity_day'),
  activePresence: statement('active-presence', STRETCH_DAYS.unbroken),
  benefitedPresence: statement('presence', STRETCH_DAYS.benefited).replaceAll('day_table()', 'benefit_day'),
  person: statement('person'),
  membershipDay: statement('membership-day').replace('person_days()', () => personDays),
  silenceLength: statement('silence-length', STRETCH_DAYS.unbroken),
}
/** In this order: the active ones are made of the unbroken ones. */
export const stretchesOf: Record<StretchKind, string> = {
  unbroken: membershipStatements.unbrokenPresence,
  active: membershipStatements.activePresence,
  benefited: membershipStatements.benefitedPresence,
}
