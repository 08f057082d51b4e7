/** Who gets the report by mail. */
export const SubscriptionSection = (_: { slug: string }) => null
