import type { ValueReport } from '../../shared/contract/value-report.ts'
import type { VerdictName } from '../../shared/contract/verdict.ts'
import { plainLine } from '../../shared/plain-text.ts'

/** Our judgement: what a list of mails shows of a name beside the rest. */
const NAME_LENGTH = 60

const VERDICTS: Record<VerdictName, string> = {
  community: 'a community',
  blog: 'a blog',
  newsletter: 'a newsletter',
  workgroup: 'a workgroup',
  teaching_platform: 'a teaching platform',
  mixed: 'mixed',
  too_little_data: 'too little to tell',
  dormant: 'dormant',
}

/** Said only where the report says it: an unknown direction is none. */
const TRAJECTORIES: Record<NonNullable<ValueReport['content']['opening']['trajectory']>, string> = {
  forming: ', and forming',
  growing: ', and growing',
  steady: ', and steady',
  declining: ', and declining',
  unknown: '',
}

/** Pump Engineers, December 2025: a community, and steady. One line whatever the name is. */
export const subjectOf = (report: ValueReport, { isTest = false }: { isTest?: boolean } = {}): string => {
  const { community, title, opening } = report.content
  const verdict = opening.verdict === null ? '' : `: ${VERDICTS[opening.verdict]}`
  const hasCourse = opening.verdict !== null && !['too_little_data', 'dormant'].includes(opening.verdict)
  const course = hasCourse && opening.trajectory !== null ? TRAJECTORIES[opening.trajectory] : ''
  const before = [
    ...(isTest ? ['Test: '] : []),
    ...(report.status === 'preview' ? ['Preview: '] : (report.revision ?? 1) > 1 ? ['Corrected: '] : []),
  ].join('')
  return `${before}${plainLine(community.name, NAME_LENGTH)}, ${plainLine(title, 40)}${verdict}${course}`
}
