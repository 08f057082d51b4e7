import { ALERT_RULES, type AlertRuleId } from '../../shared/contract/alert.ts'
import type { Rule } from './alert-rule.ts'
import { answeredShare } from './rules/answered-share.ts'
import { bulkRemoval } from './rules/bulk-removal.ts'
import { decline } from './rules/decline.ts'
import { newcomersUnanswered } from './rules/newcomers-unanswered.ts'
import { onePerson } from './rules/one-person.ts'
import { silentFeed } from './rules/silent-feed.ts'
import { verdictDrift } from './rules/verdict-drift.ts'

const all: readonly Rule[] = [decline, answeredShare, newcomersUnanswered, onePerson, verdictDrift, bulkRemoval, silentFeed]

export const ruleOf = (id: AlertRuleId): Rule => all.find((rule) => rule.id === id) as Rule

/** Every rule, in the order in which they are shown. */
export const rules: readonly Rule[] = ALERT_RULES.map(ruleOf)
