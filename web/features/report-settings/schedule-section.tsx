/** When the report is made, and the draft before it. */
export const ScheduleSection = (_: { slug: string }) => null
