/** What each section of the page is given: a reader who is no manager sees it without its controls. */
export type SectionProps = { slug: string; isManager: boolean; timeZone: string }
