/** When an alert was noticed, which is later than what it tells of began, and what is known of it where the data have ended. */
import { ALERT_GRAINS, type AlertRuleId } from './contract/alert.ts'
import { formatPeriod, sayWhen } from './format.ts'
import { periodOfDay } from './period.ts'

/** "noticed in the week of 25 May 2026"; `on` is the first day of the period. */
export const sayNoticed = (rule: AlertRuleId, on: string): string => `noticed ${sayWhen(periodOfDay(on, ALERT_GRAINS[rule]))}`

/** "stood when its data ended, in June 2018"; `on` is the last day they reach. */
export const sayStoodAtEnd = (on: string, whose: 'its' | 'the' = 'its'): string =>
  `stood when ${whose} data ended, in ${formatPeriod(periodOfDay(on, 'month'))}`
