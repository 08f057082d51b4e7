/** Corrects a report that is made, as a numbered revision. */
export const CorrectReport = (_: { slug: string; month: string }) => null
