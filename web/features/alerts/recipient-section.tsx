/** Who is told, how, and of what. */
export const RecipientSection = (_: { slug: string; isManager: boolean }) => null
