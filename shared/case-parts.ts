/**
 * Which side of a fraction has cases to list; a number that is no fraction has one set of them. Apart from the schemas, so that
 * a page can read its address without them.
 */
export const CASE_PARTS = ['numerator', 'denominator'] as const
export type CasePart = (typeof CASE_PARTS)[number]
