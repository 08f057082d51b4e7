/** Links that open reports without signing in. */
export const LinkSection = (_: { slug: string }) => null
