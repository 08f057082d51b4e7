import type { VerdictName } from '../../shared/contract/verdict.ts'

/** How a sentence says it that tells what something reads as. */
export const VERDICT_AS_READ: Record<VerdictName, string> = {
  dormant: 'as dormant',
  too_little_data: 'as too little data to say',
  workgroup: 'as a workgroup',
  newsletter: 'as a newsletter',
  teaching_platform: 'as a teaching platform',
  blog: 'as a blog',
  community: 'as a community',
  mixed: 'as mixed',
}
