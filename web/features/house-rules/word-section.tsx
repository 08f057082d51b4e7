import type { SectionProps } from './section.ts'

/** The words by which a workgroup is known by its talk. */
export const WordSection = (_: SectionProps) => null
