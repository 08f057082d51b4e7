import { checkMixShare } from '../mix-check.ts'
import type { Rule } from '../rule.ts'
import { mostOrMuch } from '../say-count.ts'

/**
 * Verdict 3: it does tasks and writes documents. This is the way by structure, where work comes as typed events; the second way,
 * by the words of its talk, is `workgroupByTalk`.
 */
export const workgroup: Rule = {
  id: 'workgroup',
  verdict: 'workgroup',
  title: 'Workgroup',
  absence: 'Not a workgroup',
  test: (facts) => [
    checkMixShare(facts, {
      metric: 'content-mix:work',
      label: 'Share of work',
      alternative: 0,
      k: facts.mix.work,
      comparison: 'at_least',
      percent: facts.house.thresholds.workgroup_work,
      is_deciding: true,
      says: (share, verb) => `${share} ${verb} work`,
      part: ['task or edit', 'tasks or edits'],
    }),
    checkMixShare(facts, {
      metric: 'content-mix:help',
      label: 'Share of help',
      alternative: 0,
      k: facts.mix.help,
      comparison: 'below',
      percent: facts.house.thresholds.workgroup_help,
      says: (share, verb) => `${share} ${verb} help`,
      part: ['question or answer', 'questions or answers'],
    }),
  ],
  sentence: ({ mix, people }) =>
    `It reads as a workgroup: ${mostOrMuch(mix.work, people.contribution_count)} of what happens is work on tasks and documents.`,
}
