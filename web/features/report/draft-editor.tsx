/** What managers add to a month before its report is made. */
export const DraftEditor = (_: { slug: string; month: string }) => null
