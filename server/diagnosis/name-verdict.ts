import type { VerdictName } from '../../shared/contract/verdict.ts'

/** A verdict inside a sentence: with its article, and bare as after "reads" or "leans". */
const NAMES: Record<VerdictName, { a: string; bare: string }> = {
  community: { a: 'a community', bare: 'community' },
  blog: { a: 'a blog', bare: 'blog' },
  newsletter: { a: 'a newsletter', bare: 'newsletter' },
  workgroup: { a: 'a workgroup', bare: 'workgroup' },
  teaching_platform: { a: 'a teaching platform', bare: 'teaching platform' },
  mixed: { a: 'mixed', bare: 'mixed' },
  too_little_data: { a: 'too little data', bare: 'too little data' },
  dormant: { a: 'dormant', bare: 'dormant' },
}

export const withArticle = (verdict: VerdictName): string => NAMES[verdict].a
export const bareName = (verdict: VerdictName): string => NAMES[verdict].bare
