/** What the community costs, from which day on. */
export const CostSection = (_: { slug: string }) => null
