import type { DayCounts } from './add-counts-by-day.ts'
import type { DerivedRollup } from './replace-differing.ts'
import { rollupStatement } from './statement.ts'

/** The rollups of who reads, what practices are used and who benefits, in the order in which each is made of those before it. */

export const observation: DerivedRollup = {
  table: 'observation',
  key: ['view_key'],
  columns: ['thread_key', 'person_id', 'viewed_at', 'day_on', 'removed_at', 'is_counted'],
  scope: 'view_key',
  statement: rollupStatement('observation'),
}

export const practice: DerivedRollup = {
  table: 'practice',
  key: ['practice_key'],
  columns: ['thread_key', 'author_id', 'shared_at', 'shared_on', 'removed_at', 'channel', 'url'],
  scope: 'practice_key',
  statement: rollupStatement('practice'),
}

export const practiceUse: DerivedRollup = {
  table: 'practice_use',
  key: ['practice_key', 'event_key'],
  columns: ['use', 'person_id', 'used_at', 'used_on', 'removed_at', 'is_counted'],
  scope: 'event_key',
  statement: rollupStatement('practice-use'),
}

export const practiceStretch: DerivedRollup = {
  table: 'practice_stretch',
  key: ['practice_key', 'from_on'],
  columns: ['to_on'],
  scope: 'practice_key',
  statement: rollupStatement('practice-stretch'),
}

export const valueReport: DerivedRollup = {
  table: 'value_report',
  key: ['event_key'],
  columns: ['person_id', 'reported_at', 'reported_on', 'removed_at'],
  scope: 'event_key',
  statement: rollupStatement('value-report'),
}

export const askerBenefit: DerivedRollup = {
  table: 'asker_benefit',
  key: ['thread_key', 'event_key', 'benefit'],
  columns: ['person_id', 'day_on'],
  scope: 'thread_key',
  statement: rollupStatement('asker-benefit'),
}

export const observer: DerivedRollup = {
  table: 'observer',
  key: ['person_id'],
  columns: ['first_viewed_at', 'first_viewed_on', 'first_contribution_at'],
  scope: 'person_id',
  statement: rollupStatement('observer'),
}

export const practiceDay: DayCounts = {
  table: 'practice_day',
  key: { day_on: 'date' },
  counts: ['shared_count', 'touched_change'],
  statement: rollupStatement('practice-day'),
}

export const benefitDay: DayCounts = {
  table: 'benefit_day',
  key: { person_id: 'uuid', day_on: 'date', benefit: 'text' },
  counts: ['fact_count'],
  statement: rollupStatement('benefit-day'),
}
